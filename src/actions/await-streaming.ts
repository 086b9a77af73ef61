import { z } from 'zod';
import { type PatroniMember } from '../model/lab-status.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { waitUntil } from '../model/wait-until.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type ActionContext, defineAction } from './kind.ts';

/** Enough for a copy of a workshop's database, twice. */
const joinSeconds = 90;
/** A workshop's database has started long before, on the busiest machine too. */
const stuckSeconds = 25;

/**
 * Waits until the target's members stream. One question a look, where the checks of a step ask a dozen, and would take
 * from the copy of the database the processor that it needs. One that only ever starts is made anew: a member that was
 * started while nobody led waits for WAL that it never asks for, and Patroni waits for it. One that does not come to
 * stream otherwise is the checks' to explain.
 */
export const awaitStreaming = defineAction({
  name: 'await-streaming',
  schema: z.strictObject({}),
  run: async (context) => {
    const began = performance.now();
    const renewed = new Set<string>();
    const allStream = async (): Promise<boolean> => {
      const { waiting, starting } = await lookAtMembers(context);
      if (waiting?.length === 0) return true;
      if (performance.now() - began < stuckSeconds * 1000) return false;
      for (const node of starting.filter(({ name }) => !renewed.has(name))) {
        renewed.add(node.name);
        await makeAnew(context, node);
      }
      return false;
    };
    await waitUntil(allStream, { withinSeconds: joinSeconds, signal: context.signal });
  },
});

interface MembersSeen {
  /** Those of the target that the leader doesn't send to; undefined while there is no leader that answers. */
  readonly waiting: readonly NodeDefinition[] | undefined;
  /** Those among them whose PostgreSQL is starting, by Patroni's word. */
  readonly starting: readonly NodeDefinition[];
}

async function lookAtMembers(context: ActionContext): Promise<MembersSeen> {
  const reach = await context.look();
  const cluster = await observePatroniCluster(reach);
  const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
  const leader = members.find(({ role }) => role === 'leader');
  const node = reach.workshop.nodes.find(({ name }) => name === leader?.node);
  const self = node === undefined ? null : await memberOn(reach, node);
  if (self?.kind !== 'seen' || self.value.kind !== 'answer') return { waiting: undefined, starting: [] };
  const { streamsTo } = self.value.value;
  const waiting = context.nodes.filter(({ name, member = '' }) => name !== node?.name && !streamsTo.includes(member));
  return { waiting, starting: waiting.filter(({ name }) => isStarting(members, name)) };
}

function isStarting(members: readonly PatroniMember[], name: string): boolean {
  return members.some(({ node, state }) => node === name && state === 'starting');
}

/** As `patronictl reinit --force` does, which also ends what Patroni is waiting for. */
async function makeAnew(context: ActionContext, { name }: NodeDefinition): Promise<void> {
  const ask = ['curl', '--silent', '--show-error', '--fail', '--max-time', '10', '--output', '/dev/null'];
  const order = ['--request', 'POST', '--data', '{"force": true}', 'http://127.0.0.1:8008/reinitialize'];
  await context.attempt(name, [...ask, ...order]);
}
