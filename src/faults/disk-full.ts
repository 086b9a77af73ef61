import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

/** What the node gets beyond what it uses: room to start its services in, before the rest is filled. */
const extraBytes = 160 * 1024 * 1024;

const ballast = '/var/lib/lab/ballast';

// Most of it is reserved at once; then zeros until nothing goes in any more, which is how `cat` ends. What the file system
// held back for itself, and what the node's services free, goes the same way: hence again, until a few blocks are left.
const fill = `mkdir -p "\${0%/*}"
free() { df --output=avail --block-size=1K / | tail -n 1; }
if [ "$(free)" -gt 2048 ]; then fallocate --length "$(($(free) - 2048))KiB" "$0"; fi
for again in 1 2 3 4 5 6 7 8 9 10; do
  cat /dev/zero >> "$0" 2>/dev/null
  sync "$0"
  if [ "$(free)" -lt 64 ]; then exit 0; fi
done
if [ "$(free)" -lt 1024 ]; then exit 0; fi
df / >&2
exit 1`;

export const diskFull: Fault = {
  name: 'disk-full',
  describe: words(
    'The disk of this node alone is full. The node is restarted on a small disk of its own, as after a power cut.',
    'Le disque de ce seul nœud est plein. Le nœud est redémarré sur un petit disque à lui, comme après une coupure de courant.',
  ),
  expect: words(
    `Whatever writes fails with "No space left on device": inserts, then WAL, which stops PostgreSQL; etcd too. Logs end as well. df -h in the node shows it, and ${ballast} is what fills it.`,
    `Tout ce qui écrit échoue avec « No space left on device » : les insertions, puis le WAL, ce qui arrête PostgreSQL ; etcd aussi. Les journaux s'arrêtent également. Dans le nœud, df -h le montre, et c'est ${ballast} qui prend la place.`,
  ),
  hits: 'any-node',
  inject: async (context, nodes) => {
    const node = onlyNode(nodes);
    // A power cut and not a clean stop: a leader that is back before its ttl is over stays the leader.
    await context.killNode(node.name);
    await context.limitDisk(node.name, extraBytes);
    await context.startNode(node.name);
    await context.awaitServices(node);
    const filled = await context.attempt(node.name, ['sh', '-c', fill, ballast], { timeoutSeconds: 60 });
    if (filled.exitStatus !== 0) throw notFilled(filled.stderr);
  },
  heal: async (context, nodes) => {
    const node = onlyNode(nodes);
    if ((await context.stateOf(node.name)) === 'absent') return;
    const down = await context.labIsDown();
    await context.killNode(node.name);
    await context.limitDisk(node.name, null);
    await context.startNode(node.name);
    await context.exec(node.name, ['rm', '-f', ballast]);
    if (down) await context.killNode(node.name);
    else await context.startServices(node);
  },
};

function notFilled(said: string): LabError {
  return new LabError(
    'disk-not-filled',
    words(`The node's disk could not be filled: ${said}`, `Le disque du nœud n'a pas pu être rempli : ${said}`),
    { exit: exitStatus.failed },
  );
}
