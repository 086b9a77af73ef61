import { mkdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteSeenDone } from '../../src/cli/note-seen-done.ts';
import { nextAfterVerify } from '../../src/cli/next-after-verify.ts';
import { readLab } from '../../src/cli/read-lab.ts';
import { openJournal, readHistory } from '../../src/journal/open-journal.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { chapterId, editionName, stepId } from '../../src/model/ids.ts';
import { stepsNotBegun } from '../../src/model/steps-not-begun.ts';
import { type CheckResult } from '../../src/model/verdict.ts';
import { quietWorkshop } from './cli-world.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';
import { checkResult } from '../ui/check-result.ts';

const workshop = quietWorkshop();
const [first, second] = workshop.chapters;
if (first === undefined || second === undefined) throw new Error('two chapters');
let at: CliWorld;

beforeEach(async () => {
  at = await cliWorld({ workshop });
  const { directory, journal: file } = labPaths(at.invocation.home, at.invocation.lab);
  await mkdir(directory, { recursive: true });
  const journal = await openJournal(file, 'test', () => new Date());
  await journal.append({
    ...{ kind: 'lab-created', edition: editionName('trixie'), workshop: workshop.name },
    directory: workshop.directory,
  });
  await journal.append({ kind: 'chapter-opened', chapter: chapterId(1) });
  await journal.close();
});
afterEach(() => rm(at.invocation.home, { recursive: true }));

function judged(step: string, verdict: CheckResult['verdict']): CheckResult {
  return checkResult({ chapter: chapterId(1), step: stepId(step), verdict });
}

async function note(...checks: readonly CheckResult[]) {
  const lab = await readLab(at.world, at.invocation);
  await noteSeenDone(at.world, at.invocation, lab, first as NonNullable<typeof first>, checks);
  const { chapter, steps } = await readHistory(labPaths(at.invocation.home, at.invocation.lab).journal);
  return { state: chapter?.state, steps: [...steps].map(([key, { state }]) => `${key} ${state}`) };
}

test('a step is done once its checks pass, up to the first one that is open', async () => {
  expect(await note(judged('one', 'pass'), judged('two', 'fail'))).toEqual({
    state: 'open',
    steps: ['chapter-1/one completed'],
  });
});

test('what passes after an open step is no work of anybody yet', async () => {
  expect(await note(judged('one', 'unknown'), judged('two', 'pass'))).toEqual({ state: 'open', steps: [] });
});

test('with its last step the chapter is done', async () => {
  expect(await note(judged('one', 'pass'), judged('two', 'pass'))).toEqual({
    state: 'done',
    steps: ['chapter-1/one completed', 'chapter-1/two completed'],
  });
});

test('while another command works on the lab nothing is noted, and nothing fails', async () => {
  const lock = await at.services.lock(labPaths(at.invocation.home, at.invocation.lab).lock);
  expect(await note(judged('one', 'pass'), judged('two', 'pass'))).toEqual({ state: 'open', steps: [] });
  await lock.release();
});

test('another chapter than that of the lab is not noted', async () => {
  const lab = await readLab(at.world, at.invocation);
  await noteSeenDone(at.world, at.invocation, lab, second, []);
  expect((await readHistory(labPaths(at.invocation.home, at.invocation.lab).journal)).steps.size).toBe(0);
});

test('not begun is what fails after the open step, and was never tried', async () => {
  const { history } = await readLab(at.world, at.invocation);
  const both = [judged('one', 'fail'), judged('two', 'fail')];
  expect(stepsNotBegun(first, both, history)).toEqual(['chapter-1/two']);
  expect(stepsNotBegun(first, [judged('one', 'pass'), judged('two', 'fail')], history)).toEqual([]);
  const tried = new Map([['chapter-1/two', { state: 'interrupted', fingerprint: '' } as const]]);
  expect(stepsNotBegun(first, both, { steps: tried })).toEqual([]);
});

test('the next thing to type follows from what was seen', async () => {
  const { history } = await readLab(at.world, at.invocation);
  const next = (fail: number, unknown: number, change = {}) =>
    nextAfterVerify(workshop, { ...history, ...change }, first, { fail, unknown })?.en ?? null;
  expect(next(0, 0)).toBe('Next: lab next');
  expect(next(2, 0)).toBe('To go on: lab hint');
  expect(next(2, 0, { faults: [{ fault: 'freeze', nodes: [] }] })).toContain('lab heal');
  expect(next(0, 1)).toBe(null);
  expect(nextAfterVerify(workshop, history, second, { fail: 1, unknown: 0 })).toBe(null);
});
