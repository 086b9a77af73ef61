import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** Where etcd's package puts data, and where the workshop does. */
export const etcdDataRoot = '/var/lib/etcd';

/** The directories with a member's data in them, as given to etcd with --data-dir; sorted. */
export async function etcdDataDirectories(reach: Reach, node: NodeName): Promise<Observed<readonly string[]>> {
  const looked = await lookInNode(reach, node, [
    'find',
    etcdDataRoot,
    '-maxdepth',
    '3',
    '-type',
    'd',
    '-name',
    'member',
    '-printf',
    '%h\\n',
  ]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 0 || stderr.includes('No such file or directory')) {
    return seen(
      stdout
        .split('\n')
        .filter((path) => path !== '')
        .sort(),
    );
  }
  const why = stderr.trim();
  return unseen(
    words(
      `${etcdDataRoot} on ${node} could not be read: ${why}`,
      `${etcdDataRoot} sur ${node} n'a pas pu être lu : ${why}`,
    ),
  );
}
