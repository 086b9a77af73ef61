import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** The versions of those of `packages` that are installed; the others are missing from the map. */
export async function installedPackages(
  reach: Reach,
  node: NodeName,
  packages: readonly string[],
): Promise<Observed<ReadonlyMap<string, string>>> {
  const format = '${Package}\t${db:Status-Status}\t${Version}\n';
  const looked = await lookInNode(reach, node, ['dpkg-query', '--show', `--showformat=${format}`, '--', ...packages]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  // 1: some of them are unknown to dpkg.
  if (exitStatus === 0 || exitStatus === 1) return seen(parseInstalledPackages(stdout));
  const why = stderr.trim();
  return unseen(words(`dpkg-query on ${node} failed: ${why}`, `dpkg-query a échoué sur ${node} : ${why}`));
}

/** `output`: a line a package: name, state, version, with tabs between. */
export function parseInstalledPackages(output: string): ReadonlyMap<string, string> {
  const rows = output.split('\n').map((line) => line.split('\t'));
  return new Map(
    rows.flatMap(([name, state, version]) => (state === 'installed' ? [[name ?? '', version ?? '']] : [])),
  );
}
