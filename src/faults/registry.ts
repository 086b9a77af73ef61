import { type FaultName } from '../model/fault.ts';
import { delay } from './delay.ts';
import { diskFull } from './disk-full.ts';
import { type Fault } from './fault.ts';
import { freeze } from './freeze.ts';
import { killNode } from './kill-node.ts';
import { killPatroni } from './kill-patroni.ts';
import { killPostgres } from './kill-postgres.ts';
import { loss } from './loss.ts';
import { partition } from './partition.ts';
import { slow } from './slow.ts';
import { stopPatroni } from './stop-patroni.ts';

/** From the gentlest to the rudest. */
export const faults: readonly Fault[] = [
  stopPatroni,
  killNode,
  freeze,
  killPostgres,
  killPatroni,
  partition,
  loss,
  slow,
  delay,
  diskFull,
];

export function faultNamed(name: FaultName): Fault {
  const found = faults.find((fault) => fault.name === name);
  if (found === undefined) throw new Error(`no fault ${name}: the registry is not complete`);
  return found;
}
