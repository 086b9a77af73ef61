import { type HostFinding } from '../../../model/host-finding.ts';
import { type HostFacts } from './host-facts.ts';
import { judgeHome } from './judge-home.ts';
import { judgeKernel } from './judge-kernel.ts';
import { judgeLimits } from './judge-limits.ts';
import { judgePrograms } from './judge-programs.ts';

/** Every point of what this host needs to run labs, the well ones too. Pure. */
export function judgeHost(facts: HostFacts): readonly HostFinding[] {
  return [...judgeLimits(facts), ...judgeKernel(facts), ...judgePrograms(facts), ...judgeHome(facts)];
}
