import { type ClientsWay } from '../../model/measurement.ts';
import { type Endpoint } from '../../model/ledger-job.ts';
import { settleAll } from '../../model/settle-all.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { listeningSockets } from '../../probes/listening-sockets.ts';
import { patroniNodes } from '../../probes/patroni.ts';
import { type ActionContext } from '../kind.ts';

export interface Way {
  readonly kind: ClientsWay;
  readonly write: readonly Endpoint[];
  readonly read: readonly Endpoint[];
  /** Nodes with a HAProxy; none when clients go to the hosts themselves. */
  readonly proxies: readonly NodeDefinition[];
}

const leaderPort = 5432;
const replicasPort = 5433;

/** Where HAProxy listens the clients go through it; before chapter 7 they go from host to host. */
export async function findWay(context: ActionContext): Promise<Way> {
  const reach = await context.look();
  const nodes = patroniNodes(reach.workshop);
  const sockets = await settleAll(nodes.map(({ name }) => listeningSockets(reach, name)));
  const proxies = nodes.filter((_, index) => {
    const seen = sockets[index];
    return (
      seen?.kind === 'seen' && seen.value.some(({ port, program }) => port === leaderPort && program === 'haproxy')
    );
  });
  const at = (port: number, where: readonly NodeDefinition[]): readonly Endpoint[] =>
    where.map(({ address }) => ({ host: address, port }));
  if (proxies.length > 0)
    return { kind: 'haproxy', write: at(leaderPort, proxies), read: at(replicasPort, proxies), proxies };
  const hosts = at(Number(reach.workshop.values['postgresql_port'] ?? '5432'), nodes);
  return { kind: 'hosts', write: hosts, read: hosts, proxies };
}
