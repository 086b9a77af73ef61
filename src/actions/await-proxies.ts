import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { haproxyStatistics, type ProxiedServer, takesSessions } from '../probes/haproxy-statistics.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { type ActionContext } from './kind.ts';

/** Checks are seconds apart, and a proxy that has just started takes everybody for good at first. */
const patienceSeconds = 60;

/** Comes back once the proxy of every member's node has the leader on one port and these replicas, and no other, on the other. */
export async function awaitProxies(
  context: ActionContext,
  leader: NodeDefinition,
  replicas: readonly NodeDefinition[],
): Promise<void> {
  const wanted = new Set([
    `leader/${leader.member ?? ''}`,
    ...replicas.map(({ member }) => `replicas/${member ?? ''}`),
  ]);
  await awaitServers(context, (servers) => {
    const up = servers.filter(takesSessions).map(({ backend, server }) => `${backend}/${server}`);
    return up.length === wanted.size && up.every((name) => wanted.has(name));
  });
}

/** Comes back once the statistics of every proxy are as wanted. */
export async function awaitServers(
  context: ActionContext,
  wanted: (servers: readonly ProxiedServer[]) => boolean,
): Promise<void> {
  const nodes = patroniNodes(context.workshop);
  await context.waitFor(
    words('every HAProxy has the right servers', 'chaque HAProxy a les bons serveurs'),
    patienceSeconds,
    async () => {
      const reach = await context.look();
      const answers = await settleAll(nodes.map((node) => haproxyStatistics(reach, node)));
      return answers.every(
        (answer) => answer.kind === 'seen' && answer.value.kind === 'answer' && wanted(answer.value.servers),
      );
    },
  );
}
