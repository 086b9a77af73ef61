import { describe, expect, test } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { type Target } from '../../src/model/target.ts';
import { type Action, type Step } from '../../src/model/workshop.ts';
import { nothingToDo } from '../../src/plan/plan-up.ts';
import { files, newWorld, session, type World } from './lab-world.ts';

const a = nodeName('a');
const b = nodeName('b');

/** A lab whose step `three`, in which both nodes are, is this. */
async function finishedWorld(three: Partial<Step>): Promise<World> {
  const world = newWorld();
  const chapters = world.workshop.chapters.map((chapter) => ({
    ...chapter,
    steps: chapter.steps.map((step) => (step.id === 'three' ? { ...step, ...three } : step)),
  }));
  const whole = { ...world, workshop: { ...world.workshop, chapters } };
  await labUp(session(whole), chapterId(2));
  return whole;
}

function onBoth(kind: string, path: string, text: string): Action {
  const on: Target = { kind: 'group', group: 'both', nodes: [a, b] };
  return { kind, on, with: { path, text } };
}

describe('labUp with a node that somebody deleted', () => {
  test('it is furnished again; a lesson of the cluster is not repeated while its checks pass', async () => {
    const world = await finishedWorld({
      actions: [onBoth('furnish', '/three', 'three'), onBoth('put', '/lesson', 'once')],
    });
    expect(files(world)).toEqual({ a: ['/lesson', '/one', '/three', '/two'], b: ['/lesson', '/three'] });
    world.machine.nodes.delete(b);
    await labUp(session(world), chapterId(2));
    expect(files(world)).toEqual({ a: ['/lesson', '/one', '/three', '/two'], b: ['/three'] });
  });

  test('what a later step furnishes is there before the first one is looked at', async () => {
    const world = await finishedWorld({ actions: [onBoth('furnish', '/three', 'three')] });
    world.machine.nodes.delete(a);
    const seen: string[] = [];
    const announce = (event: LabEvent): void => {
      if (event.kind === 'command-ran' && event.node === a) seen.push(event.argv[1] ?? '');
    };
    await labUp(session(world, { announce }), chapterId(2));
    expect(seen).toEqual(['/three', '/one', '/two']);
  });

  test('cut off before it is furnished, it is furnished by the next run', async () => {
    const world = await finishedWorld({
      actions: [onBoth('furnish', '/three', 'three'), onBoth('furnish', '/kept', 'not checked')],
    });
    world.machine.nodes.delete(b);
    const stopped = new AbortController();
    const announce = (event: LabEvent): void => {
      if (event.kind === 'item-started' && event.item === 'step chapter-2/three') stopped.abort(new Error('cut off'));
    };
    await expect(labUp(session(world, { announce, signal: stopped.signal }), chapterId(2))).rejects.toThrow();
    expect(files(world).b).toEqual([]);
    await labUp(session(world), chapterId(2));
    expect(files(world).b).toEqual(['/kept', '/three']);
    expect(nothingToDo(await labUp(session(world), chapterId(2)))).toBe(true);
  });

  test('the step is done whole where its checks do not pass with that', async () => {
    const world = await finishedWorld({
      actions: [onBoth('put', '/three', 'three'), onBoth('put', '/lesson', 'once')],
    });
    world.machine.nodes.delete(b);
    await labUp(session(world), chapterId(2));
    expect(files(world).b).toEqual(['/lesson', '/three']);
  });

  test('it gets the later form of what was replaced meanwhile, and the other nodes keep what they have', async () => {
    const replaces = ['chapter-1/two'];
    const world = await finishedWorld({
      replaces,
      actions: [onBoth('put', '/two', 'newer'), onBoth('put', '/three', 'three')],
    });
    world.machine.nodes.get(b)?.files.set('/two', 'as it was');
    world.machine.nodes.delete(a);
    const plan = await labUp(session(world), chapterId(2));
    expect(plan.items.map(({ kind }) => kind)).toContain('renew-step');
    expect(world.machine.nodes.get(a)?.files.get('/two')).toBe('newer');
    expect(world.machine.nodes.get(b)?.files.get('/two')).toBe('as it was');
  });
});
