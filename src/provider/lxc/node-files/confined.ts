// Whoever works on a node's files from outside does so here: a node's root may have put anything there, and may go on
// doing so meanwhile. Confined means two things at once. Its root holds nothing but those trees, and, read-only, the
// programs of this machine: no link, mount or race leads anywhere else. And it is what root of a node is, no more: even
// what there was to reach it could not change.

/** A folder of this machine, and where it is seen. The way to it leads through folders of lab's own alone. */
export interface Seen {
  /** Relative to the root: `from/0`. */
  readonly as: string;
  readonly path: string;
  readonly writable?: boolean;
}

/** The kernel ends a program together with the one that started it. */
export const untilParentEnds = ['setpriv', '--pdeathsig', 'KILL', '--'];

/**
 * The arguments that run a program so. It ends when whoever started it does, also by SIGKILL. `firstId`: the first of the
 * host ids of nodes.
 */
export function confined(firstId: number, seen: readonly Seen[], argv: readonly string[]): readonly string[] {
  const trees = seen.flatMap(({ as, path, writable = false }) => [as, writable ? 'rw' : 'ro', path]);
  const outside = ['sh', '-ec', makeRoot, 'sh', String(seen.length), ...trees];
  const asNode = ['lxc-usernsexec', '-m', `b:0:${String(firstId)}:65536`, '--', ...untilParentEnds];
  // A mount namespace of its own once more: mounting takes one that belongs to the user namespace.
  const inside = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--', 'sh', '-ec', enterRoot, 'sh', ...argv];
  return [...untilParentEnds, 'unshare', '--mount', '--', ...outside, ...asNode, ...inside];
}

/**
 * Arguments: how many folders are seen, for each its name, `ro` or `rw` and its path, then the program that goes on. /boot
 * is there on every Debian, and nobody's home is in it; it is covered for these programs alone. Of /usr only what programs
 * need: anything may be in /usr/local.
 */
const makeRoot = String.raw`
PATH=/usr/sbin:/usr/bin:/sbin:/bin
umask 022
count=$1
shift
mount -t tmpfs -o mode=0755,size=1m lab /boot
cd /boot
mkdir .old dev proc usr
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -d /usr/$name ]; then
    mkdir usr/$name
    mount --bind -o ro,nosuid,nodev /usr/$name usr/$name
  fi
  [ ! -e /$name ] || ln -s usr/$name $name
done
: > dev/null
mount --bind /dev/null dev/null
while [ "$count" -gt 0 ]; do
  mkdir -p "$1"
  mount --bind -o "$2,nosuid,nodev" "$3" "$1"
  shift 3
  count=$((count - 1))
done
exec "$@"
`;

/**
 * Nothing that was mounted outside can be taken away in here, so the root is mounted over itself first. Of the kernel's own
 * files it has those of these very processes: the C library changes the mode of a folder by way of them.
 */
const enterRoot = String.raw`
mount --rbind /boot /boot
cd /boot
mount -t proc -o subset=pid,nosuid,nodev,noexec lab proc
pivot_root . .old
cd /
umount -l /.old
exec "$@"
`;
