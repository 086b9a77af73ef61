import { join } from 'node:path';

/** The workshop that comes with the program; `program`: the folder that holds dist/ and labs/. */
export function includedWorkshop(program: string): string {
  return join(program, 'labs', 'patroni-etcd');
}
