import { type HaproxyStatus } from '../model/lab-status.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { haproxyStatistics, takesSessions } from './haproxy-statistics.ts';
import { type Reach } from './reach.ts';

/** For `lab status`: what each of these nodes' proxies shows on its statistics page. */
export async function haproxyStatus(reach: Reach, nodes: readonly NodeDefinition[]): Promise<HaproxyStatus> {
  const proxies = await Promise.all(
    nodes.map(async (node) => {
      const asked = await haproxyStatistics(reach, node);
      const answer = asked.kind === 'seen' && asked.value.kind === 'answer' ? asked.value : null;
      const servers = (answer?.servers ?? []).map((server) => ({
        backend: server.backend,
        server: server.server,
        up: takesSessions(server),
        check: server.check === '' ? null : [server.check, server.code ?? ''].join(' ').trim(),
        sessions: server.sessions,
      }));
      return { node: node.name, answers: answer !== null, servers };
    }),
  );
  return { proxies };
}
