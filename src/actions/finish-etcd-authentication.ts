// What is left to do when lab was cut off while it gave Patroni a name in etcd.

import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { etcdSection } from '../probes/etcd-section.ts';
import { etcdMember, makeEtcdAccounts, requireEtcdAccounts, requiresEtcdAccounts } from './etcd-accounts.ts';
import { type ActionContext } from './kind.ts';
import { endPausedRestart, restartPatroniPaused } from './restart-patroni-paused.ts';
import { setEtcdSection } from './set-etcd-section.ts';

/**
 * With Patroni's name in a file and authentication still off, a Patroni that is started waits for etcd for ever, and a
 * step of an early chapter would be the one that starts it. So whoever is about to start one ends that work first.
 */
export async function finishEtcdAuthentication(context: ActionContext): Promise<void> {
  const username = context.workshop.values['etcd_patroni_name'];
  const password = context.workshop.values['etcd_patroni_password'];
  const node = etcdMember(context);
  if (username === undefined || password === undefined || node === undefined) return;
  const members = await membersWithFile(context);
  if (!members.some((one) => one.username === username)) return;
  const nodes = members.map((one) => one.node);
  if (await requiresEtcdAccounts(context, node)) {
    await endPausedRestart(context, nodes);
    return;
  }
  await makeEtcdAccounts(context, node, username, password);
  await restartPatroniPaused(context, nodes, async () => {
    await settleAll(nodes.map((one) => setEtcdSection(context, one.name, { username, password })));
    await requireEtcdAccounts(context, node);
  });
}

async function membersWithFile(
  context: ActionContext,
): Promise<readonly { readonly node: NodeDefinition; readonly username: string | null }[]> {
  const reach = await context.look();
  const nodes = context.workshop.nodes.filter(({ member }) => member !== undefined);
  const sections = await settleAll(nodes.map(({ name }) => etcdSection(reach, name)));
  return nodes.flatMap((node, index) => {
    const section = sections[index];
    return section?.kind === 'seen' && section.value !== null ? [{ node, username: section.value.username }] : [];
  });
}
