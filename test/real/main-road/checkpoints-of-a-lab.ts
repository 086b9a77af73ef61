// Reset after vandalism, and a checkpoint of one's own. test/real/checkpoints.test.ts has lab killed in the middle of each.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkpointLab, removeInNode } from '../checkpoint-lab.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { keptBeside, whileChaptersAreBuilt } from './kept-beside.ts';

export function checkpointsOfALab(): void {
  describe('checkpoints of a lab', () => {
    const lab = realLab('checkpoints-road', 'trixie');
    const { sql, rows, roles, isAtItsBeginning } = checkpointLab(lab);

    beforeAll(async () => {
      await keptBeside('patroni');
      await lab.mustLab(['up', 'patroni']);
    }, whileChaptersAreBuilt);
    afterAll(() => removeLab(lab));

    test('save keeps the lab as it is, and restore brings it back, whatever happened since', async () => {
      const saved = await lab.mustLab(['save', 'before']);
      expect(saved.stdout).toContain('Checkpoint before is kept');
      const { leader, replica } = await roles();
      await sql(leader, 'drop table workshop_rows');
      await lab.inNode(replica, removeInNode('/var/lib/postgresql'));
      await lab.mustLab(['restore', 'before', '--yes']);
      expect(await rows()).toBe('100');
      await lab.passes('chapter-1');
      await lab.passes('chapter-2');
    });

    test('reset, the data directory deleted: back at the beginning of the chapter', async () => {
      await lab.inNode((await roles()).leader, removeInNode('/var/lib/postgresql'));
      await lab.mustLab(['reset', '--yes']);
      await isAtItsBeginning();
    });
  });
}
