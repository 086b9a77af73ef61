// Members of etcd that have to read their files again, one after the other: the cluster never has less than its majority.

import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdKey } from '../probes/etcd-key.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { isEtcdMember, tlsPlaces } from '../probes/tls-places.ts';
import { type ActionContext } from './kind.ts';
import { runsCurrentConfiguration } from './runs-current-configuration.ts';
import { startService } from './start-service.ts';

export const etcdEnvironment = '/etc/default/etcd';

const nothing = { certificate: '/', key: '/' };

/** A member that is back has caught up within a second or two; an election may come between. */
const patienceSeconds = 30;

export async function restartStaleMembers(context: ActionContext): Promise<void> {
  const { observation } = await context.look();
  const members = context.workshop.nodes.filter(
    (node) => isEtcdMember(context.workshop, node) && observation.nodes.get(node.name) === 'running',
  );
  for (const node of await leaderLast(context, members)) await restartWhenStale(context, node);
}

/** etcd's own leader last: each earlier restart then costs no election. */
export async function leaderLast(
  context: ActionContext,
  members: readonly NodeDefinition[],
): Promise<readonly NodeDefinition[]> {
  const reach = await context.look();
  const leads = await settleAll(
    members.map(async (node) => {
      const status = await etcdStatus(reach, node);
      return (
        status.kind === 'seen' &&
        status.value.kind === 'answer' &&
        status.value.value.leaderId === status.value.value.memberId
      );
    }),
  );
  return [
    ...members.filter((_, index) => leads[index] !== true),
    ...members.filter((_, index) => leads[index] === true),
  ];
}

/** A member that does not run is left to whoever starts it. */
export async function restartWhenStale(context: ActionContext, node: NodeDefinition): Promise<void> {
  const reach = await context.look();
  const places = await tlsPlaces(reach, node);
  const configured = places.kind === 'seen' && places.value.configured ? [places.value.authority] : [];
  // Without its certificate it would not come back; whoever issues that restarts it.
  const { certificate, key } = places.kind === 'seen' && places.value.configured ? places.value : nothing;
  if ((await context.attempt(node.name, ['test', '-e', certificate, '-a', '-e', key])).exitStatus !== 0) return;
  const active = await context.attempt(node.name, ['systemctl', 'is-active', '--quiet', 'etcd']);
  if (active.exitStatus !== 0) return;
  if (await runsCurrentConfiguration(context, node.name, 'etcd', [etcdEnvironment, ...configured])) return;
  await startService(context, node.name, 'etcd', ['restart']);
  await context.waitFor(
    words(`${node.name} is back in the majority`, `${node.name} est revenu dans la majorité`),
    patienceSeconds,
    () => agrees(context, node),
  );
}

async function agrees(context: ActionContext, node: NodeDefinition): Promise<boolean> {
  const answer = await etcdKey(await context.look(), node, 'health', 'agreed');
  return answer.kind === 'seen' && answer.value.kind === 'answer';
}
