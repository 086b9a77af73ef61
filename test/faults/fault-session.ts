// A session on the fake provider whose nodes and network take every command, and write down what they were told.

import { type CommandResult } from '../../src/model/command.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { type JournalEntry } from '../../src/journal/journal-entry.ts';
import { labName, nodeName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { commandResult } from '../build/command-result.ts';
import { testActionKinds, testCheckKinds, testWorkshop } from '../build/workshop.ts';
import { type FakeMachine, fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { noCheckpoints } from '../fakes/no-checkpoints.ts';

export interface FaultWorld {
  readonly workshop: Workshop;
  readonly machine: FakeMachine;
  journal: JournalEntry[];
  /** Commands and journal lines in the order in which they came. */
  readonly order: string[];
  /** Rules that nft holds, by table. */
  readonly tables: Set<string>;
}

/** The nodes a and b, running. */
export function faultWorld(): FaultWorld {
  const machine = fakeMachine();
  machine.network = 'present';
  for (const name of ['a', 'b']) machine.nodes.set(nodeName(name), { state: 'running', files: new Map() });
  return { workshop: testWorkshop(), machine, journal: [], order: [], tables: new Set() };
}

export interface FaultSessionChange {
  readonly beforeEffect?: () => void;
  readonly signal?: AbortSignal;
  /** Instead of success. */
  readonly answer?: (argv: readonly string[]) => Partial<CommandResult> | undefined;
}

export function faultSession(world: FaultWorld, change: FaultSessionChange = {}): LabSession {
  const [edition] = world.workshop.editions;
  if (edition === undefined) throw new Error('the test workshop has an edition');
  const effect = (what: string): void => {
    change.beforeEffect?.();
    world.order.push(what);
  };
  const fake = fakeProvider(world.machine, world.workshop, () => {
    effect('provider');
  });
  const answered = (argv: readonly string[]): CommandResult => commandResult(argv, change.answer?.(argv));
  return {
    lab: labName('test'),
    workshop: world.workshop,
    edition,
    provider: {
      ...fake,
      exec: async (_node, argv) => {
        await Promise.resolve();
        effect(argv.join(' '));
        return answered(argv);
      },
      execOnNetwork: async (argv, options) => {
        await Promise.resolve();
        effect(argv.join(' '));
        const result = answered(argv);
        if (result.exitStatus === 0) applyTables(world, options?.input ?? '');
        return result;
      },
    },
    actionKinds: testActionKinds,
    checkKinds: testCheckKinds,
    get history() {
      return foldJournal(world.journal);
    },
    record: (fact) => {
      world.order.push(fact.kind);
      world.journal = [...world.journal, { at: '', run: 'r', ...fact }];
      return Promise.resolve();
    },
    isVisited: () => Promise.resolve(false),
    images: { isPrepared: () => Promise.resolve(true), prepare: () => Promise.resolve() },
    ...noCheckpoints,
    ledgerClient: [],
    announce: () => undefined,
    signal: change.signal ?? new AbortController().signal,
  };
}

/** As nft takes a transaction: line by line. */
function applyTables({ tables }: FaultWorld, input: string): void {
  for (const line of input.split('\n')) {
    const [, removed, name = ''] = /^(delete )?table bridge (\S+)/.exec(line) ?? [];
    if (name === '') continue;
    if (removed === undefined) tables.add(name);
    else tables.delete(name);
  }
}
