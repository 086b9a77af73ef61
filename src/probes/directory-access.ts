import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** A directory of a node, and what a user may do in it. */
export interface DirectoryAccess {
  readonly path: string;
  /** A file system of its own is mounted there. */
  readonly mounted: boolean;
  readonly user: string;
  readonly group: string;
  /** `750`. */
  readonly mode: string;
  readonly writable: boolean;
}

const script = `[ -d "$1" ] || exit 66
if mountpoint -q "$1"; then echo mounted; else echo plain; fi
stat -L -c '%U %G %a' -- "$1"
if runuser -u "$2" -- sh -c 'test -r "$1" && test -w "$1" && test -x "$1"' sh "$1"; then echo yes; else echo no; fi`;

/** null: there is no such directory. */
export async function directoryAccess(
  reach: Reach,
  node: NodeName,
  path: string,
  user: string,
): Promise<Observed<DirectoryAccess | null>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script, 'sh', path, user]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 66) return seen(null);
  const [mounted, owner = '', writable] = stdout.trim().split('\n');
  const [name, group, mode] = owner.split(' ');
  if (exitStatus !== 0 || name === undefined || group === undefined || mode === undefined) {
    const why = stderr.trim();
    return unseen(words(`${path} on ${node} can't be seen: ${why}`, `${path} sur ${node} n'est pas visible : ${why}`));
  }
  return seen({ path, mounted: mounted === 'mounted', user: name, group, mode, writable: writable === 'yes' });
}
