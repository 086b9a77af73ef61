import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** A cluster that Debian's tools know (postgresql-common): they have a configuration of it. */
export interface DebianCluster {
  readonly version: string;
  readonly name: string;
  readonly port: number;
  /** `online`, `down`, `online,recovery` … */
  readonly status: string;
  /** Its data directory is Patroni's: dropping the cluster would drop Patroni's database. */
  readonly dataOfPatroni: boolean;
}

// Version, name, port, status, owner, data directory, log file. Patroni leaves a file of its own in its data directory.
const script = `command -v pg_lsclusters >/dev/null || exit 0
pg_lsclusters --no-header | while read -r version name port status owner directory log; do
  if [ -e "$directory/patroni.dynamic.json" ]; then whose=patroni; else whose=debian; fi
  printf '%s %s %s %s %s\\n' "$version" "$name" "$port" "$status" "$whose"
done`;

/** Empty also where postgresql-common is not installed. */
export async function debianClusters(reach: Reach, node: NodeName): Promise<Observed<readonly DebianCluster[]>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script, 'pg_lsclusters']);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 0) return seen(parseDebianClusters(stdout));
  const why = stderr.trim();
  return unseen(words(`pg_lsclusters on ${node} failed: ${why}`, `pg_lsclusters a échoué sur ${node} : ${why}`));
}

/** `output`: a line a cluster: version, name, port, status, whose data directory it is. */
export function parseDebianClusters(output: string): readonly DebianCluster[] {
  return output.split('\n').flatMap((line) => {
    const [version, name, port, status, whose] = line.split(' ');
    if (version === undefined || name === undefined || port === undefined || status === undefined) return [];
    return [{ version, name, port: Number(port), status, dataOfPatroni: whose === 'patroni' }];
  });
}
