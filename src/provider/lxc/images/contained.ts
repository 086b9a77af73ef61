/**
 * A command whose every process ends when lab ends, even by SIGKILL, and takes its mounts along: it is the first of its
 * own process namespace, and the kernel ends it with its parent. Nothing of a build that was cut off stays behind.
 */
export function contained(argv: readonly string[]): readonly string[] {
  const namespaces = ['unshare', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
  return ['setpriv', '--pdeathsig', 'KILL', '--', ...namespaces, ...withUsualUmask, ...argv];
}

/** A careful root's umask would make images that their nodes can't read. */
const withUsualUmask = ['sh', '-c', 'umask 022 && exec "$@"', 'sh'];

/** The same as root of a user namespace: the owner of the files is what root of a node is. */
export function containedAsNode(firstId: number, argv: readonly string[]): readonly string[] {
  // A mount namespace of its own once more: mounting takes one that belongs to the user namespace.
  return contained(['lxc-usernsexec', '-m', `b:0:${String(firstId)}:65536`, '--', 'unshare', '--mount', '--', ...argv]);
}
