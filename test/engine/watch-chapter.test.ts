import { expect, test } from 'vitest';
import { watchChapter } from '../../src/engine/watch-chapter.ts';
import { nodeName } from '../../src/model/ids.ts';
import { newWorld, session } from './lab-world.ts';

const [first] = newWorld().workshop.chapters;
if (first === undefined) throw new Error('two chapters');

function watched() {
  const world = newWorld();
  world.machine.network = 'present';
  const files = new Map<string, string>();
  world.machine.nodes.set(nodeName('a'), { state: 'running', files });
  const leave = new AbortController();
  const states = watchChapter(
    session(world, { signal: leave.signal }),
    first as NonNullable<typeof first>,
    () => false,
  );
  const next = async () => {
    const state = await states.next();
    if (state.done === true) return 'ended';
    const { open, checks } = state.value;
    return { open: open?.id ?? null, verdicts: checks.map(({ verdict }) => verdict) };
  };
  return { files, leave, next };
}

test('a step that is done opens the next one, and the chapter ends with the last', async () => {
  const { files, next } = watched();
  expect(await next()).toEqual({ open: 'one', verdicts: ['fail', 'fail'] });
  files.set('/one', 'one');
  expect(await next()).toEqual({ open: 'two', verdicts: ['pass', 'fail'] });
  files.set('/two', 'two');
  expect(await next()).toEqual({ open: null, verdicts: ['pass', 'pass'] });
  expect(await next()).toBe('ended');
});

test('what was done before breaks when a later step is done: it is open again', async () => {
  const { files, next } = watched();
  files.set('/one', 'one');
  expect(await next()).toEqual({ open: 'two', verdicts: ['pass', 'fail'] });
  files.set('/two', 'two').set('/one', 'something else');
  expect(await next()).toEqual({ open: 'one', verdicts: ['fail', 'pass'] });
});

test('whoever leaves ends it', async () => {
  const { leave, next } = watched();
  await next();
  leave.abort();
  expect(await next()).toBe('ended');
});
