import { type HostFinding } from '../../../model/host-finding.ts';
import { judgeHost } from './judge-host.ts';
import { type HostDependencies, readHostFacts } from './read-host-facts.ts';

/** For `lab doctor`: point by point whether this host can run labs. Changes nothing. */
export async function examineHost(deps: HostDependencies): Promise<readonly HostFinding[]> {
  return judgeHost(await readHostFacts(deps, { netem: true }));
}
