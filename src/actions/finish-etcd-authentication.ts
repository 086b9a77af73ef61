// What is left to do when lab was cut off while it gave Patroni a name in etcd.

import { type NodeDefinition } from '../model/workshop.ts';
import { etcdSection, patroniConfiguration } from '../probes/etcd-section.ts';
import { nodeFile } from '../probes/node-file.ts';
import { etcdMember, makeEtcdAccounts, requireEtcdAccounts, requiresEtcdAccounts } from './etcd-accounts.ts';
import { installFile } from './install-file.ts';
import { type ActionContext } from './kind.ts';
import { withEtcdSettings } from './move-patroni.ts';
import { restartPatroniPaused } from './restart-patroni-paused.ts';

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
  if (await requiresEtcdAccounts(context, node)) return;
  await makeEtcdAccounts(context, node, username, password);
  const nodes = members.map((one) => one.node);
  await restartPatroniPaused(context, nodes, async () => {
    await Promise.all(nodes.map((one) => writeName(context, one, { username, password })));
    await requireEtcdAccounts(context, node);
  });
}

async function membersWithFile(
  context: ActionContext,
): Promise<readonly { readonly node: NodeDefinition; readonly username: string | null }[]> {
  const reach = await context.look();
  const nodes = context.workshop.nodes.filter(({ member }) => member !== undefined);
  const sections = await Promise.all(nodes.map(({ name }) => etcdSection(reach, name)));
  return nodes.flatMap((node, index) => {
    const section = sections[index];
    return section?.kind === 'seen' && section.value !== null ? [{ node, username: section.value.username }] : [];
  });
}

async function writeName(
  context: ActionContext,
  node: NodeDefinition,
  account: { readonly username: string; readonly password: string },
): Promise<void> {
  const file = await nodeFile(await context.look(), node.name, patroniConfiguration);
  if (file.kind === 'unseen' || file.value === null) return;
  const changed = withEtcdSettings(file.value.text, account);
  if (changed === file.value.text) return;
  await installFile(context, node.name, {
    path: patroniConfiguration,
    owner: 'postgres:postgres',
    mode: '600',
    text: changed,
  });
}
