// How the suites of checkpoints look at a lab of chapter 2.

import { expect } from 'vitest';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { type RealLab } from './lab-runner.ts';

export function checkpointLab(lab: RealLab) {
  const status = async (): Promise<LabStatus> =>
    JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
  const nodesRun = async (): Promise<boolean> => (await status()).nodes.every(({ state }) => state === 'running');
  const sql = (node: string, statement: string): Promise<string> =>
    lab.inNode(node, `runuser -u postgres -- psql -XAtq -U dba -p 5434 -d postgres -c "${statement}"`);
  return {
    status,
    sql,
    rows: async (): Promise<string> => (await sql('pg-patroni1', 'select count(*) from workshop_rows')).trim(),
    /** Members of a restored lab start together, and Patroni may choose either. */
    roles: async (): Promise<{ readonly leader: string; readonly replica: string }> => {
      const leader = (await status()).patroni?.leader;
      expect(leader).toMatch(/^pg-[12]$/);
      const nodes = { leader: 'pg-patroni1', replica: 'pg-patroni2' };
      return leader === 'pg-1' ? nodes : { leader: nodes.replica, replica: nodes.leader };
    },
    nodesRun,
    /** After a reset in chapter 2. */
    isAtItsBeginning: async (): Promise<void> => {
      await lab.passes('chapter-1');
      expect(await nodesRun()).toBe(true);
      expect((await status()).faults).toEqual([]);
      // The nodes of the chapter are bare: nothing of what was done is left.
      expect((await lab.verify('chapter-2')).passed).toBe(false);
    },
  };
}

/** What still runs may write into a folder while it is being removed: then once more. */
export function removeInNode(path: string): string {
  return `timeout 60 sh -c 'until rm -rf ${path}; do :; done' || { echo 'what runs here writes into ${path} faster than rm removes it' >&2; exit 1; }`;
}
