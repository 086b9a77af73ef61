import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** A cluster of Debian's own management (postgresql-common), not of Patroni. */
export interface DebianCluster {
  readonly version: string;
  readonly name: string;
  readonly port: number;
  /** `online`, `down`, `online,recovery` … */
  readonly status: string;
}

/** Empty also where postgresql-common is not installed. */
export async function debianClusters(reach: Reach, node: NodeName): Promise<Observed<readonly DebianCluster[]>> {
  const looked = await lookInNode(reach, node, [
    'sh',
    '-c',
    'command -v pg_lsclusters >/dev/null || exit 0; exec pg_lsclusters --no-header',
  ]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 0) return seen(parseDebianClusters(stdout));
  const why = stderr.trim();
  return unseen(words(`pg_lsclusters on ${node} failed: ${why}`, `pg_lsclusters a échoué sur ${node} : ${why}`));
}

/** `output`: of `pg_lsclusters --no-header`: version, name, port, status, owner, data directory, log file. */
export function parseDebianClusters(output: string): readonly DebianCluster[] {
  return output.split('\n').flatMap((line) => {
    const [version, name, port, status] = line.trim().split(/\s+/);
    if (version === undefined || name === undefined || port === undefined || status === undefined) return [];
    return [{ version, name, port: Number(port), status }];
  });
}
