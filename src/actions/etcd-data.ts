// What etcd has on the disk of a node, and the ways to take it away: nothing else in src/actions/ removes it.

import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { parseJson } from '../probes/parse-json.ts';
import { type SeenMember } from './etcd-formation.ts';
import { type ActionContext } from './kind.ts';
import { unseenData } from './would-lose.ts';

const etcdDirectory = '/var/lib/etcd/default';

/** Throws `data-unseen` where the node did not say: no answer is not "no data". */
export async function hasEtcdData(context: ActionContext, node: NodeName): Promise<boolean> {
  const asked = await context.attempt(node, ['test', '-d', `${etcdDirectory}/member/wal`]);
  if (succeeded(asked)) return true;
  if (asked.exitStatus === 1 && !asked.timedOut) return false;
  throw unseenData(node, words('etcd has data', 'etcd a des données'), asked.stderr);
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
  const place = (await context.exec(node, ['sh', '-c', move])).stdout.trim();
  context.progress(
    words(`what etcd had on ${node} is kept in ${place}`, `ce qu'etcd avait sur ${node} est gardé dans ${place}`),
  );
  return place;
}

/** The member id that etcd computes for the package's one-member cluster on localhost, in every node the same. */
const bootMemberId = '10276657743932975437';

// Asked on localhost: over TLS, or of a member of a real cluster, the id is another one, or there is no answer.
const askBootMember = `test -e ${etcdDirectory}/member/wal || { echo none; exit; }
if curl -s --max-time 3 -d '{}' http://127.0.0.1:2379/v3/maintenance/status | grep -q '"member_id":"${bootMemberId}"'
then echo boot; else echo other; fi`;

/**
 * The package starts a one-member etcd at once. `boot`: that one runs here, and who it is it says itself; `other`: there
 * is data, and nobody who says that it is the package's.
 */
export async function bootMember(context: ActionContext, node: NodeName): Promise<'none' | 'boot' | 'other'> {
  const asked = await context.exec(node, ['sh', '-c', askBootMember]);
  const said = asked.stdout.trim();
  if (said === 'none' || said === 'boot') return said;
  return 'other';
}

/** Data of the package's own start; what somebody has written into it is put aside. */
export async function clearBootMember(context: ActionContext, node: NodeName): Promise<void> {
  const data = await dataOf(context, node);
  const worthless = data === 'none' || data === 'empty';
  if (!worthless) await context.keepBefore();
  await clearEtcdData(context, node, !worthless);
}
