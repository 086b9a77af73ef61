// A lab in memory for tests of the engine: what outlives a crash, and sessions on it.

import { type LabSession } from '../../src/engine/session.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { type JournalEntry } from '../../src/journal/journal-entry.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { labName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { testActionKinds, testCheckKinds, testWorkshop, withDrill } from '../build/workshop.ts';
import { type FakeMachine, fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { noCheckpoints } from '../fakes/no-checkpoints.ts';

export class PowerCut extends Error {}

export interface World {
  readonly workshop: Workshop;
  readonly machine: FakeMachine;
  journal: JournalEntry[];
}

interface WorldOptions {
  readonly breakStep?: string;
  readonly independent?: string;
  /** A step without actions, true from the moment on that node b is there. */
  readonly onlyLooks?: string;
  /** A step whose check tells of the past. */
  readonly past?: string;
  /** A step that is a drill. */
  readonly drill?: string;
}

export function newWorld(options: WorldOptions = {}): World {
  const workshop = testWorkshop();
  const chapters = workshop.chapters.map((chapter) => ({
    ...chapter,
    steps: chapter.steps.map((step) => ({
      ...step,
      ...([options.breakStep, options.onlyLooks].includes(step.id) && { actions: [] }),
      ...(step.id === options.onlyLooks && {
        checks: step.checks.map((check) => ({ ...check, with: { path: '/etc/hostname', text: 'b\n' } })),
      }),
      ...(step.id === options.past && { checks: step.checks.map((check) => ({ ...check, kind: 'held' })) }),
      independent: step.id === options.independent,
    })),
  }));
  const drilled = withDrill({ ...workshop, chapters }, options.drill ?? '');
  return { workshop: drilled, machine: fakeMachine(), journal: [] };
}

export function session(
  world: World,
  change: {
    readonly beforeEffect?: () => void;
    readonly signal?: AbortSignal;
    readonly announce?: (event: LabEvent) => void;
    readonly copies?: LabSession['copies'];
    readonly chapterEnds?: LabSession['chapterEnds'];
    readonly images?: LabSession['images'];
    readonly actionKinds?: LabSession['actionKinds'];
    readonly isVisited?: LabSession['isVisited'];
  } = {},
): LabSession {
  const [edition] = world.workshop.editions;
  if (edition === undefined) throw new Error('the test workshop has an edition');
  return {
    lab: labName('test'),
    workshop: world.workshop,
    edition,
    provider: fakeProvider(world.machine, world.workshop, change.beforeEffect),
    actionKinds: change.actionKinds ?? testActionKinds,
    checkKinds: testCheckKinds,
    get history() {
      return foldJournal(world.journal);
    },
    record: (fact) => {
      world.journal = [...world.journal, { at: '', run: 'r', ...fact }];
      return Promise.resolve();
    },
    isVisited: change.isVisited ?? (() => Promise.resolve(false)),
    ...noCheckpoints,
    ...(change.copies && { copies: change.copies }),
    ...(change.chapterEnds && { chapterEnds: change.chapterEnds }),
    images: change.images ?? { isPrepared: () => Promise.resolve(true), prepare: () => Promise.resolve() },
    ledgerClient: [],
    announce: change.announce ?? (() => undefined),
    signal: change.signal ?? new AbortController().signal,
  };
}

export function files(world: World): Record<string, string[]> {
  return Object.fromEntries(
    [...world.machine.nodes].map(([name, node]) => [
      name,
      [...node.files.keys()].filter((path) => !path.startsWith('/etc/')).sort(),
    ]),
  );
}
