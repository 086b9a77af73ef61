// Who may come into etcd: root with every right, Patroni's user with a role for its own keys.

import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import {
  etcdRolePermissions,
  isPatroniPrefix,
  patroniPrefix,
  rootPassword,
  type EtcdPermission,
} from '../probes/etcd-roles.ts';
import { isEtcdMember } from '../probes/tls-places.ts';
import { attemptEtcdctl, etcdctl } from './etcdctl.ts';
import { type ActionContext } from './kind.ts';

/** The member that is told; undefined in a workshop without etcd. */
export function etcdMember(context: ActionContext): NodeName | undefined {
  return context.workshop.nodes.find((one) => isEtcdMember(context.workshop, one))?.name;
}

/** Puts right what is missing or too much. */
export async function makeEtcdAccounts(
  context: ActionContext,
  node: NodeName,
  username: string,
  password: string,
): Promise<void> {
  await addUser(context, node, 'root', rootPassword(context.workshop));
  await addRole(context, node, 'root', 'root');
  await addUser(context, node, username, password);
  await addRole(context, node, username, username);
  await limitRole(context, node, username);
}

export async function requireEtcdAccounts(context: ActionContext, node: NodeName): Promise<void> {
  if (!(await requiresEtcdAccounts(context, node))) await etcdctl(context, node, ['auth', 'enable']);
}

async function addUser(context: ActionContext, node: NodeName, name: string, password: string): Promise<void> {
  const input = `${password}\n`;
  const added = await attemptEtcdctl(context, node, ['user', 'add', name, '--interactive=false'], { input });
  if (succeeded(added)) return;
  if (!/already exists/.test(added.stderr + added.stdout)) throw refused(node, `user add ${name}`, added.stderr);
  // The first password may have been another one; root's is the one that this was said with.
  if (name === 'root' && (await requiresEtcdAccounts(context, node))) return;
  const changed = await attemptEtcdctl(context, node, ['user', 'passwd', name, '--interactive=false'], { input });
  if (!succeeded(changed)) throw refused(node, `user passwd ${name}`, changed.stderr);
}

/** The role of that name, made when it is missing, and given to the user. */
async function addRole(context: ActionContext, node: NodeName, role: string, user: string): Promise<void> {
  for (const args of [
    ['role', 'add', role],
    ['user', 'grant-role', user, role],
  ]) {
    const done = await attemptEtcdctl(context, node, args);
    if (!succeeded(done) && !/already exists|already granted/.test(done.stderr + done.stdout))
      throw refused(node, args.join(' '), done.stderr);
  }
}

async function limitRole(context: ActionContext, node: NodeName, role: string): Promise<void> {
  const definition = context.workshop.nodes.find(({ name }) => name === node);
  if (definition === undefined) return;
  const told = await etcdRolePermissions(await context.look(), definition, role);
  const permissions = told.kind === 'seen' && told.value.kind === 'answer' ? told.value.value : [];
  for (const permission of permissions.filter((one) => !isPatroniPrefix(one)))
    await revoke(context, node, role, permission);
  if (permissions.some((one) => isPatroniPrefix(one) && one.type === 'read and write')) return;
  await etcdctl(context, node, ['role', 'grant-permission', role, '--prefix=true', 'readwrite', patroniPrefix]);
}

async function revoke(
  context: ActionContext,
  node: NodeName,
  role: string,
  { from, to }: EtcdPermission,
): Promise<void> {
  const range = to === null ? [from] : to === '\0' ? ['--from-key=true', from === '\0' ? '' : from] : [from, to];
  await etcdctl(context, node, ['role', 'revoke-permission', role, ...range]);
}

/** Without a name and a password, root's users can be listed only while nobody has to have one. */
export async function requiresEtcdAccounts(context: ActionContext, node: NodeName): Promise<boolean> {
  const listed = await attemptEtcdctl(context, node, ['user', 'list'], {}, 'anonymous');
  return !succeeded(listed);
}

function refused(node: NodeName, what: string, said: string): LabError {
  const why = said.trim().split('\n').at(-1) ?? '';
  return new LabError(
    'etcdctl-failed',
    words(`On ${node}, etcdctl ${what} failed: ${why}`, `Sur ${node}, etcdctl ${what} a échoué : ${why}`),
    { exit: exitStatus.failed },
  );
}
