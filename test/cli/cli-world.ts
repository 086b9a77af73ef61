// The verbs on a home of real files, with nodes in memory. The workshop's steps ask for nothing.

import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../../src/cli/build-program.ts';
import { type Invocation } from '../../src/cli/invocation.ts';
import { type Program, type Services, type World } from '../../src/cli/services.ts';
import { type EditionName, labName, type LabName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { openChapterEnds } from '../../src/checkpoints/open-chapter-ends.ts';
import { labLocks } from '../../src/process/lab-locks.ts';
import { guardStream } from '../../src/ui/guard-stream.ts';
import { testWorkshop } from '../build/workshop.ts';
import { fakeNodeCopies } from '../fakes/fake-node-copies.ts';
import { type FakeMachine, fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';

export interface CliWorld {
  readonly world: World;
  readonly invocation: Invocation;
  readonly services: Services;
  readonly out: () => string;
  machine(lab: LabName): FakeMachine;
}

export interface CliWorldChange {
  readonly workshop?: Workshop;
  readonly stdout?: World['stdout'];
  readonly services?: Partial<Services>;
  readonly beforeEffect?: () => void;
}

export function quietWorkshop(): Workshop {
  const workshop = testWorkshop();
  const chapters = workshop.chapters.map((chapter) => ({
    ...chapter,
    steps: chapter.steps.map((step) => ({ ...step, actions: [], checks: [] })),
  }));
  return { ...workshop, chapters };
}

/** That of this checkout, or of another one. */
export function testProgram(directory = process.cwd()): Program {
  return {
    ...{ version: '1.2.3', directory },
    describedIn: (language, write) =>
      buildProgram({ version: '1.2.3', language, write, call: () => Promise.resolve(), requireRoot: () => undefined }),
  };
}

export async function cliWorld(change: CliWorldChange = {}): Promise<CliWorld> {
  const home = await mkdtemp(join(tmpdir(), 'lab-cli-'));
  const workshop = change.workshop ?? quietWorkshop();
  const machines = new Map<LabName, FakeMachine>();
  const machine = (lab: LabName): FakeMachine => {
    const known = machines.get(lab) ?? fakeMachine();
    machines.set(lab, known);
    return known;
  };
  const images = {
    isPrepared: () => Promise.resolve(true),
    layersOf: (edition: EditionName, image: string) => Promise.resolve([`/layers/${edition}-${image}`]),
    prepare: () => Promise.resolve(),
  };
  const notAsked = () => Promise.reject(new Error('not asked for'));
  const services: Services = {
    ...labLocks({ home, imagesLock: join(home, 'images', 'lock') }),
    run: notAsked,
    attach: notAsked,
    showPaged: notAsked,
    ledgerClient: [],
    loadWorkshop: () => Promise.resolve(workshop),
    provider: (lab) => fakeProvider(machine(lab), workshop, change.beforeEffect),
    nodeCopies: (lab) => fakeNodeCopies(machine(lab)),
    images: () => images,
    chapterEnds: (_, edition) => openChapterEnds({ home, workshop, edition, images, now: () => new Date() }),
    authorities: notAsked,
    examineHost: () => Promise.resolve([]),
    prepareHost: () => Promise.resolve([]),
    unneededImages: () => Promise.resolve([]),
    ...change.services,
  };
  let text = '';
  const stream = guardStream({ write: (more: string) => (text += more), on: () => undefined });
  const world: World = {
    stdout: change.stdout ?? stream,
    stderr: stream,
    colour: false,
    program: testProgram(),
    signal: new AbortController().signal,
    now: () => new Date(),
    services: () => Promise.resolve(services),
  };
  const invocation: Invocation = {
    ...{ lab: labName('alice'), home, workshop: undefined, edition: undefined },
    ...{ language: 'en', format: 'plain', yes: true, verbose: false },
  };
  return { world, invocation, services, out: () => text, machine };
}
