import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { scenarioNames } from '../model/measurement.ts';
import { words } from '../model/words.ts';
import { scenarioNamed } from '../ledger/scenarios.ts';
import { defineAction } from './kind.ts';
import { measuredCluster } from './measurement/measured-cluster.ts';
import { measureOnce } from './measurement/measure-once.ts';

const rowsPerSecond = 50;

/** What `lab measure SCENARIO` does, once; fails when rows that were acknowledged are lost in a synchronous mode. */
export const measureFailover = defineAction({
  name: 'measure-failover',
  drill: true,
  removes: ['tables'],
  schema: z.strictObject({ scenario: z.enum(scenarioNames), clients: z.int().positive().default(3) }),
  run: async (context, { scenario, clients }) => {
    const measured = await measuredCluster(context, scenario, clients);
    const repetition = await measureOnce(context, measured, {
      run: `${context.chapter.slug}-${String(Date.now())}`,
      scenario: scenarioNamed(scenario),
      earlierRuns: [],
      ...{ clients, rate: rowsPerSecond, seed: 1, leastSeconds: 0 },
    });
    const { rows, withoutWrites } = repetition;
    const [acknowledged, lost] = [String(rows.acknowledged), String(rows.lost.length)];
    const what = words(
      `${scenario}: ${acknowledged} rows acknowledged, ${lost} of them lost; time without writes`,
      `${scenario} : ${acknowledged} lignes confirmées, dont ${lost} perdues ; temps sans écritures`,
    );
    context.measured(what, withoutWrites?.seconds ?? 0, measured.bound.seconds);
    if (measured.synchronous !== 'off' && rows.lost.length > 0) throw lostAnyway(lost);
  },
});

function lostAnyway(lost: string): LabError {
  return new LabError(
    'acknowledged-rows-lost',
    words(
      `${lost} acknowledged rows were lost although replication was synchronous.`,
      `${lost} lignes confirmées ont été perdues malgré la réplication synchrone.`,
    ),
    { exit: exitStatus.failed },
  );
}
