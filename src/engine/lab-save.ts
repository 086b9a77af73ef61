// lab save and lab restore: a person's own checkpoints.

import { type CheckpointFacts, type CopyInto } from '../checkpoints/make-checkpoint.ts';
import { type Checkpoint } from '../model/checkpoint.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type RestoredHistory, stepKey } from '../model/lab-history.ts';
import { type PlanItem } from '../model/plan.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { settleAll } from '../model/settle-all.ts';
import { type CheckResult } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { announced } from './announced.ts';
import { awaitChecks } from './await-checks.ts';
import { dropFaults } from './lab-fault.ts';
import { restoreCheckpoint } from './restore-checkpoint.ts';
import { type LabSession } from './session.ts';
import { startNodes } from './start-nodes.ts';
import { wakingReplicas } from './waking-replicas.ts';

/** `store` puts it in its place. Throws `faults-injected` when the lab isn't in a state to come back to. */
export async function labSave(
  session: LabSession,
  name: string,
  takenAt: Date,
  store: (facts: CheckpointFacts, copyInto: CopyInto) => Promise<Checkpoint>,
): Promise<Checkpoint> {
  if (session.history.faults.length > 0) throw faultsInjected();
  const { nodes } = await session.provider.observe();
  const there = session.workshop.nodes.filter((node) => (nodes.get(node.name) ?? 'absent') !== 'absent');
  const facts: CheckpointFacts = {
    chapter: session.history.chapter?.id ?? null,
    state: session.history.chapter?.state ?? null,
    edition: session.edition.name,
    takenAt: takenAt.toISOString(),
    history: historyNow(session),
    nodes: there.map(({ name: node, image }) => ({ name: node, image })),
  };
  const names = there.map((node) => node.name);
  const title = words(`Checkpoint ${name}`, `Point de reprise ${name}`);
  const saved: { checkpoint?: Checkpoint } = {};
  await announced(session, { item: `checkpoint ${name}`, part: { kind: 'checkpoint' }, title }, async () => {
    saved.checkpoint = await store(facts, (folder) => session.copies.copy(names, folder, { signal: session.signal }));
  });
  if (saved.checkpoint === undefined) throw new Error('saved, and no checkpoint came of it');
  return saved.checkpoint;
}

/** Seconds that what was done gets to come true again. */
const afterRestoreSeconds = 60;

/** Returns the checks of the steps that were done then, as they come out now. Repairs nothing: that is how it was. */
export async function labRestore(session: LabSession, checkpoint: Checkpoint): Promise<readonly CheckResult[]> {
  await dropFaults(session);
  await session.provider.createNetwork();
  await restoreCheckpoint(session, checkpoint);
  const reason = words('it comes from the checkpoint', 'il vient du point de reprise');
  const items = checkpoint.nodes.map(({ name: node }): PlanItem => ({ kind: 'start-node', node, reason }));
  const nodes = startNodes(session, items);
  await settleAll(nodes.values());
  const { history } = session;
  const replaced = replacedSteps(session.workshop, history);
  const placed = session.workshop.chapters.flatMap((chapter) =>
    chapter.steps
      .filter(({ id }) => history.steps.get(stepKey(chapter.id, id))?.state === 'completed')
      .filter(({ id }) => !replaced.has(stepKey(chapter.id, id)))
      .flatMap((step) => step.checks.map((check) => ({ chapter, step, check }))),
  );
  return wakingReplicas(session, nodes, async (awake) => {
    await awake;
    return awaitChecks(session, placed, { kind: 'seconds', seconds: afterRestoreSeconds });
  });
}

function historyNow({ history }: LabSession): RestoredHistory {
  return {
    chapter: history.chapter,
    steps: Object.fromEntries(history.steps),
    starts: Object.fromEntries(history.starts),
    touched: history.touched,
  };
}

function faultsInjected(): LabError {
  return new LabError(
    'faults-injected',
    words(
      'Faults are injected in this lab: a checkpoint of it would not come back as it is now.',
      "Des pannes sont injectées dans ce lab : un point de reprise ne le ramènerait pas tel qu'il est.",
    ),
    { exit: exitStatus.failed, hint: words('First: lab heal', "D'abord : lab heal") },
  );
}
