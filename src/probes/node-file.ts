import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** A regular file of a node, as it is on disk now. */
export interface NodeFile {
  readonly path: string;
  readonly user: string;
  readonly group: string;
  /** Four digits: `0644`. */
  readonly mode: string;
  /** Last change of its content, in microseconds since 1970. */
  readonly modifiedUs: number;
  readonly text: string;
}

// Exit status 66: there is no such file. A script without values in it; the path is its argument.
const script = '[ -f "$1" ] || exit 66; stat -L -c "%U %G %a %.6Y" -- "$1" && cat -- "$1"';

/** null when there is no such file, or when it isn't a regular one. */
export async function nodeFile(reach: Reach, node: NodeName, path: string): Promise<Observed<NodeFile | null>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script, 'sh', path]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 66) return seen(null);
  const file = exitStatus === 0 ? parseNodeFile(path, stdout) : null;
  if (file !== null) return seen(file);
  const why = stderr.trim();
  return unseen(
    words(`${path} on ${node} could not be read: ${why}`, `${path} sur ${node} n'a pas pu être lu : ${why}`),
  );
}

/** `output`: one line of `stat -c "%U %G %a %.6Y"`, then the file. */
export function parseNodeFile(path: string, output: string): NodeFile | null {
  const end = output.indexOf('\n');
  const [user, group, mode, modified] = output.slice(0, end).split(' ');
  if (end < 0 || user === undefined || group === undefined || mode === undefined || modified === undefined) return null;
  const [whole = '', fraction = ''] = modified.split('.');
  return {
    path,
    user,
    group,
    mode: mode.padStart(4, '0'),
    modifiedUs: Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6)),
    text: output.slice(end + 1),
  };
}
