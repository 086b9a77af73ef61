// What etcd has on the disk of a node, looked at while it does not run.

import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { parseJson } from '../probes/parse-json.ts';
import { type SeenMember } from './etcd-formation.ts';
import { type ActionContext } from './kind.ts';

export const etcdDirectory = '/var/lib/etcd/default';

export async function hasEtcdData(context: ActionContext, node: NodeName): Promise<boolean> {
  return succeeded(await context.attempt(node, ['test', '-d', `${etcdDirectory}/member/wal`]));
}

/** Without a store nothing was ever applied. A running etcd would keep etcdctl waiting for the store's lock. */
const askStore = `test -e ${etcdDirectory}/member/wal || { echo none; exit; }
test -e ${etcdDirectory}/member/snap/db || { echo empty; exit; }
systemctl stop etcd
exec timeout 20 etcdctl snapshot status --write-out=json ${etcdDirectory}/member/snap/db`;

/** Stops etcd there. */
export async function dataOf(context: ActionContext, node: NodeName): Promise<SeenMember['data']> {
  const asked = await context.attempt(node, ['sh', '-c', askStore]);
  const said = asked.stdout.trim();
  if (!succeeded(asked)) return 'unknown';
  if (said === 'none' || said === 'empty') return said;
  const { revision } = (parseJson(said) ?? {}) as { readonly revision?: unknown };
  if (typeof revision !== 'number') return 'unknown';
  // The first key that is written gets revision 2; of a store without any, etcd says 0 (3.4) or 1 (3.5).
  return revision < 2 ? 'empty' : 'keys';
}

/** Stops etcd and takes its data away; `aside`: it is kept under another name, which is returned. */
export async function clearEtcdData(context: ActionContext, node: NodeName, aside: boolean): Promise<string | null> {
  if (!aside) {
    await context.exec(node, ['sh', '-c', `systemctl stop etcd; rm -rf ${etcdDirectory}`]);
    return null;
  }
  const move = `systemctl stop etcd
kept=/var/lib/etcd-kept-$(date +%Y%m%dT%H%M%S) && mv ${etcdDirectory} "$kept" && echo "$kept"`;
  return (await context.exec(node, ['sh', '-c', move])).stdout.trim();
}
