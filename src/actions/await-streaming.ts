import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { requireNoRowsAlone } from './rows-only-there.ts';
import { observeStreaming } from './observe-streaming.ts';

/** Enough for a copy of a workshop's database, twice. */
const joinSeconds = 90;
/** Starting without a break for as long, a workshop's database waits for something that does not come. */
const stuckSeconds = 25;

/**
 * Waits until the target's members stream. One question a look, where the checks of a step ask a dozen, and would take
 * from the copy of the database the processor that it needs. One that only ever starts is made anew: a member that was
 * started while nobody led waits for WAL that it never asks for, and Patroni waits for it. One that does not come to
 * stream otherwise is the checks' to explain.
 */
export const awaitStreaming = defineAction({
  name: 'await-streaming',
  removes: ['database'],
  schema: z.strictObject({}),
  run: async (context) => {
    const startingSince = new Map<NodeName, number>();
    const allStream = async (): Promise<boolean> => {
      const { leader, waiting, starting } = await lookAtMembers(context);
      if (waiting?.length === 0) return true;
      for (const { name } of context.nodes) {
        const since = startingSince.get(name) ?? performance.now();
        if (!starting.includes(name)) startingSince.delete(name);
        else if (performance.now() - since < stuckSeconds * 1000) startingSince.set(name, since);
        else {
          startingSince.delete(name);
          if (leader !== undefined) await makeAnew(context, name, leader);
        }
      }
      return false;
    };
    await waitUntil(allStream, { withinSeconds: joinSeconds, signal: context.signal });
  },
});

interface MembersSeen {
  readonly leader?: NodeName;
  /** Those of the target that the leader doesn't send to; undefined while there is no leader that answers. */
  readonly waiting: readonly NodeDefinition[] | undefined;
  /** Those among them whose PostgreSQL is starting, by Patroni's word. */
  readonly starting: readonly NodeName[];
}

async function lookAtMembers(context: ActionContext): Promise<MembersSeen> {
  const streaming = await observeStreaming(await context.look());
  if (streaming === null) return { waiting: undefined, starting: [] };
  const { leader, members, streamsTo } = streaming;
  const waiting = context.nodes.filter(({ name, member = '' }) => name !== leader.name && !streamsTo.includes(member));
  const starts = (name: NodeName) => members.some(({ node, state }) => node === name && state === 'starting');
  return { leader: leader.name, waiting, starting: waiting.map(({ name }) => name).filter(starts) };
}

/** As `patronictl reinit --force` does, which also ends what Patroni is waiting for. */
async function makeAnew(context: ActionContext, name: NodeName, leader: NodeName): Promise<void> {
  await requireNoRowsAlone(context, name, leader);
  await context.keepBefore();
  const ask = ['curl', '--silent', '--show-error', '--fail', '--max-time', '10', '--output', '/dev/null'];
  const order = ['--request', 'POST', '--data', '{"force": true}', 'http://127.0.0.1:8008/reinitialize'];
  await context.attempt(name, [...ask, ...order]);
}
