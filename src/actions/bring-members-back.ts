import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster, patroniNodes } from '../probes/patroni.ts';
import { patroniTiming, type PatroniTiming } from '../probes/patroni-timing.ts';
import { walSenders } from '../probes/postgres-replication.ts';
import { type Reach } from '../probes/reach.ts';
import { type ActionContext, type CleanUp } from './kind.ts';
import { nudge } from './patroni-api.ts';
import { resumeScript } from './resume-service.ts';

/** A cluster in which every member that there is does its work. */
export interface WholeCluster {
  readonly leader: NodeDefinition;
  readonly replicas: readonly NodeDefinition[];
}

/** A leader whose key has to expire first, a replica that is rewound, and a busy machine. */
const patienceSeconds = 120;
const nudgeEverySeconds = 1;

/**
 * Undoes whatever took a member away: starts and thaws nodes, replaces a Patroni that was made to stand still, starts
 * one that does not run; comes back once a leader leads and all the others stream from it, for PostgreSQL and by Patroni's word.
 */
export async function bringMembersBack(context: ActionContext): Promise<WholeCluster> {
  const nodes = await memberNodes(context);
  await settleAll(nodes.map(({ name }) => revive(context, name)));
  const found: { cluster?: WholeCluster } = {};
  let nudgedAt = 0;
  await context.waitFor(
    words('a member leads and all the others stream from it', 'un membre mène et tous les autres le suivent'),
    patienceSeconds,
    async () => {
      const reach = await context.look();
      const { leader, timing, following } = await lookAtMembers(reach);
      const others = nodes.filter(({ name }) => name !== leader?.name);
      const waiting = others.filter(({ member = '' }) => !following.includes(member));
      if (leader !== null && waiting.length === 0) found.cluster = { leader, replicas: others };
      else if (timing !== null && performance.now() - nudgedAt > nudgeEverySeconds * 1000) {
        nudgedAt = performance.now();
        await nudge(context, leader === null ? waiting : [leader, ...waiting], timing);
      }
      return found.cluster !== undefined;
    },
  );
  if (found.cluster === undefined) throw new Error('waited for the members and came back without them');
  return found.cluster;
}

/**
 * Whatever ends the action, these nodes run and their Patroni is started: for an action that is about to take some of
 * them away. Waits for nothing more.
 */
export function reviveInTheEnd(context: ActionContext, nodes: readonly NodeDefinition[]): CleanUp {
  return context.cleanUp(async (own) => {
    const revived = nodes.map(async ({ name }) => {
      await own.startNode(name);
      await revive(own, name);
    });
    await settleAll(revived);
  });
}

/** Those with Patroni's configuration: a node that a later chapter brings in may be there already, and bare. */
async function memberNodes(context: ActionContext): Promise<readonly NodeDefinition[]> {
  const { workshop, observation } = await context.look();
  const there = patroniNodes(workshop).filter(({ name }) => (observation.nodes.get(name) ?? 'absent') !== 'absent');
  const configured = await settleAll(
    there.map(async ({ name }) => {
      await context.startNode(name);
      return succeeded(await context.attempt(name, ['test', '-e', '/etc/patroni/config.yml']));
    }),
  );
  return there.filter((_, index) => configured[index]);
}

const reviveScript = `${resumeScript}
if systemctl is-failed --quiet "$1"; then systemctl reset-failed "$1"; fi
exec systemctl start "$1"`;

async function revive(context: ActionContext, node: NodeName): Promise<void> {
  await context.exec(node, ['sh', '-c', reviveScript, 'revive', 'patroni']);
}

interface MembersSeen {
  readonly leader: NodeDefinition | null;
  readonly timing: PatroniTiming | null;
  /** Names of the members that stream from the leader, and have told etcd that they run. */
  readonly following: readonly string[];
}

async function lookAtMembers(reach: Reach): Promise<MembersSeen> {
  const cluster = await observePatroniCluster(reach);
  const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
  const name = members.find(({ role }) => role === 'leader')?.node;
  const leader = reach.workshop.nodes.find((node) => node.name === name) ?? null;
  if (leader === null) return { leader, timing: null, following: [] };
  const [senders, timing] = await settleAll([walSenders(reach, leader), patroniTiming(reach, leader)]);
  // Patroni 3 says running where 4 says streaming.
  const announced = new Set(
    members.filter(({ state }) => state === 'running' || state === 'streaming').map((member) => member.name),
  );
  const sent = senders.kind === 'seen' && senders.value.kind === 'answer' ? senders.value.value : [];
  return {
    leader,
    timing: timing.kind === 'seen' && timing.value.kind === 'answer' ? timing.value.value : null,
    following: sent
      .filter(({ state, applicationName }) => state === 'streaming' && announced.has(applicationName))
      .map(({ applicationName }) => applicationName),
  };
}
