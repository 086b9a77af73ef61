import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/**
 * All names in one go: getent says them in the order it was asked, the canonical name beside the first line of each.
 * Only when one does not resolve are they asked one by one, each with a limit of its own: a name that is in no file may
 * wait for a name server that isn't there.
 */
const script = `
if told=$(timeout 2 getent ahostsv4 "$@"); then
  printf '%s\\n' "$told" | while read -r address kind canonical; do
    [ "$kind" = STREAM ] && [ -n "$canonical" ] || continue
    printf '%s %s\\n' "$1" "$address"
    shift
  done
else
  for name; do { told=$(timeout 6 getent ahostsv4 "$name"); printf '%s %s\\n' "$name" "\${told%% *}"; } & done
  wait
fi`;

/** What the node's own resolver answers for each name: an IPv4 address, or null. */
export async function resolvedNames(
  reach: Reach,
  node: NodeName,
  names: readonly string[],
): Promise<Observed<ReadonlyMap<string, string | null>>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script, 'sh', ...names]);
  if (looked.kind === 'unseen') return looked;
  const resolved = parseResolvedNames(looked.value.stdout);
  if (names.every((name) => resolved.has(name))) return seen(resolved);
  const why = looked.value.stderr.trim();
  return unseen(
    words(`names could not be looked up on ${node}: ${why}`, `les noms n'ont pas pu être résolus sur ${node} : ${why}`),
  );
}

/** `output`: a line a name: the name, a space, and its address if it has one. */
export function parseResolvedNames(output: string): ReadonlyMap<string, string | null> {
  return new Map(
    output.split('\n').flatMap((line): [string, string | null][] => {
      const [name, address] = line.split(' ');
      return name === undefined || name === ''
        ? []
        : [[name, address === undefined || address === '' ? null : address]];
    }),
  );
}
