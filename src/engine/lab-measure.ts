// lab measure

import { exitStatus, LabError } from '../model/errors.ts';
import { type Measurement, type Repetition } from '../model/measurement.ts';
import { type Chapter } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { measureOnce } from '../actions/measurement/measure-once.ts';
import { measuredCluster } from '../actions/measurement/measured-cluster.ts';
import { type Scenario } from '../ledger/scenarios.ts';
import { summarize } from '../ledger/summarize.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { announced } from './announced.ts';
import { healFaults } from './lab-fault.ts';
import { withActionContext } from './run-action.ts';
import { type LabSession, look } from './session.ts';

export interface MeasureOptions {
  readonly scenario: Scenario;
  readonly clients: number;
  /** Rows a second and client; null: as fast as they are answered. */
  readonly rate: number | null;
  readonly repetitions: number;
  readonly seed: number;
  readonly leastSeconds: number;
}

/** Whatever fault is there is healed first; what an interruption leaves behind is in the journal, as of `lab fault`. */
export async function labMeasure(
  session: LabSession,
  options: MeasureOptions,
  /** Names the runs: they stay in the database. */
  runName: string,
): Promise<Measurement> {
  const { scenario, clients, repetitions, seed } = options;
  const chapter = await requireMembers(session);
  await session.record({ kind: 'touched-by-hand' });
  await healFaults(session);
  const place = (item: string) => ({ chapter, nodes: [], item });
  const measured = await withActionContext(session, place('measure'), (context) =>
    measuredCluster(context, scenario.name, clients),
  );
  const done: Repetition[] = [];
  for (let index = 1; index <= repetitions; index++) {
    const which = repetitions === 1 ? '' : ` ${String(index)}/${String(repetitions)}`;
    const item = `measure ${scenario.name}${which}`;
    const title = words(`Measuring ${scenario.name}${which}`, `Mesure de ${scenario.name}${which}`);
    await announced(session, { item, title, part: { kind: 'network' } }, async () => {
      const run = repetitions === 1 ? runName : `${runName}-${String(index)}`;
      const repetition = { ...options, run, earlierRuns: done.map((one) => one.run), seed: seed + index - 1 };
      done.push(await withActionContext(session, place(item), (context) => measureOnce(context, measured, repetition)));
    });
  }
  return {
    ...{ scenario: scenario.name, synchronous: measured.synchronous, way: measured.way.kind, clients, seed },
    bound: measured.bound,
    repetitions: done,
    summary: summarize(done),
  };
}

/** The chapter that the lab works on. Throws a LabError (exit status 1) where there is nothing to fail over to. */
async function requireMembers(session: LabSession): Promise<Chapter> {
  const reach = await look(session);
  const cluster = reach.observation.network === 'present' ? await observePatroniCluster(reach) : null;
  const members = cluster?.kind === 'seen' ? (cluster.value?.members.length ?? 0) : 0;
  const { chapter: at } = session.history;
  const chapter = session.workshop.chapters.find(({ id }) => id === at?.id);
  if (members > 1 && chapter !== undefined) return chapter;
  throw new LabError(
    'nothing-to-measure',
    words(
      'A failover needs a Patroni cluster of at least two members, and none answers here.',
      "Un failover demande un cluster Patroni d'au moins deux membres, et aucun ne répond ici.",
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        '"lab up replica" builds one of three; "lab status" shows what runs.',
        '« lab up replica » en construit un de trois ; « lab status » montre ce qui tourne.',
      ),
    },
  );
}
