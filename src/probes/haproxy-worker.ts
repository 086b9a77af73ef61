import { type NodeName } from '../model/ids.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

// A reload keeps the service and its main process, and starts a new worker: only the worker's age says which file it has read.
// Field 22 of /proc/PID/stat is its start in clock ticks since the boot; the command's name, in brackets, may hold blanks. The
// start of this very shell says which moment that is: the boot's own is known to the second only.
const script = `now=$(date +%s.%6N)
ticks() { sed 's/.*) //' "/proc/$1/stat" | cut -d ' ' -f 20; }
for worker in $(pgrep --parent "$(systemctl show --property=MainPID --value haproxy)" --exact haproxy); do
  echo "$now $(ticks $$) $(ticks "$worker") $(getconf CLK_TCK)"
done`;

/** When the newest worker of the running service started, in microseconds since 1970; null: there is none. */
export async function haproxyWorkerStarted(reach: Reach, node: NodeName): Promise<Observed<number | null>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script]);
  if (looked.kind === 'unseen') return looked;
  return seen(parseWorkerStarts(looked.value.stdout));
}

/** `output`: the moment, the ticks of the shell and of the worker, and ticks in a second; a line a worker. */
export function parseWorkerStarts(output: string): number | null {
  const starts = output.split('\n').flatMap((line) => {
    const [now = Number.NaN, own = Number.NaN, worker = Number.NaN, perSecond = Number.NaN] = line
      .split(' ')
      .map(Number);
    const at = (now - (own - worker) / perSecond) * 1_000_000;
    return Number.isFinite(at) ? [at] : [];
  });
  return starts.length === 0 ? null : Math.max(...starts);
}
