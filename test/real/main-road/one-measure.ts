// `lab measure` held against what the database has: one scenario, once. test/real/measure.test.ts has the rest.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerLab } from '../ledger-lab.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { keptBeside, whileChaptersAreBuilt } from './kept-beside.ts';

export function oneMeasure(): void {
  describe('lab measure', () => {
    const lab = realLab('measure-once', 'trixie');
    const { shortClocks, measure, expectLossNamed } = ledgerLab(lab);

    beforeAll(async () => {
      await keptBeside('haproxy');
      await lab.mustLab(['up', 'haproxy']);
      await shortClocks();
    }, whileChaptersAreBuilt);
    afterAll(() => removeLab(lab));

    test('asynchronous: what the old leader took alone is lost, and every such row is named', async () => {
      const { synchronous, way, bound, repetitions } = await measure('partition-leader');
      expect([synchronous, way]).toEqual(['off', 'haproxy']);
      expect(repetitions).toHaveLength(1);
      for (const one of repetitions) await expectLossNamed(one, bound.seconds);
    });
  });
}
