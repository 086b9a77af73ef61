import { type NodeName } from '../model/ids.ts';
import { clientLedger, type ClientLedger } from '../probes/client-ledger.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { type CheckSetting } from './kind.ts';

export interface FoundLedger {
  readonly node: NodeName;
  readonly ledger: ClientLedger;
}

/** The clients run on whatever node that was a replica then: those that wrote something down, on any member's node. */
export async function clientLedgers(
  reach: Reach,
  { nodes }: CheckSetting,
  folder: string,
): Promise<Observed<readonly FoundLedger[]>> {
  const members = nodes.filter(
    ({ name, member }) => member !== undefined && reach.observation.nodes.get(name) === 'running',
  );
  const found: FoundLedger[] = [];
  for (const { name } of members) {
    const ledger = await clientLedger(reach, name, folder);
    if (ledger.kind === 'unseen') return ledger;
    if (ledger.value.writes.length + ledger.value.reads.length > 0) found.push({ node: name, ledger: ledger.value });
  }
  return seen(found);
}
