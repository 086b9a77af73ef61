import { describe, expect, test } from 'vitest';
import { type AnyCheckKind } from '../../src/checks/kind.ts';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { LabError } from '../../src/model/errors.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { chapterId, nodeName } from '../../src/model/ids.ts';
import { verbatim } from '../../src/model/words.ts';
import { nothingToDo } from '../../src/plan/plan-up.ts';
import { unseen } from '../../src/probes/reach.ts';
import { testCheckKinds } from '../build/workshop.ts';
import { noCheckpoints } from '../fakes/no-checkpoints.ts';
import { files, newWorld, PowerCut, session, type World } from './lab-world.ts';

describe('labUp', () => {
  test('brings a new lab to the end of the chapter', async () => {
    const world = newWorld();
    await labUp(session(world), chapterId(2));
    expect(files(world)).toEqual({ a: ['/one', '/two'], b: ['/three'] });
    expect(foldJournal(world.journal).chapter).toEqual({ id: 'chapter-2', state: 'done' });
  });

  test('a second run changes nothing and says so', async () => {
    const world = newWorld();
    await labUp(session(world), chapterId(2));
    let effects = 0;
    const plan = await labUp(session(world, { beforeEffect: () => effects++ }), chapterId(2));
    expect(nothingToDo(plan)).toBe(true);
    expect(effects).toBe(0);
  });

  test('after a crash before any one effect the next run goes on to the same end', async () => {
    const whole = newWorld();
    let total = 0;
    await labUp(session(whole, { beforeEffect: () => total++ }), chapterId(2));
    expect(total).toBeGreaterThan(6);
    for (let cut = 0; cut < total; cut++) {
      const world = newWorld();
      let count = 0;
      const beforeEffect = (): void => {
        if (count++ >= cut) throw new PowerCut();
      };
      await expect(labUp(session(world, { beforeEffect }), chapterId(2))).rejects.toThrow(PowerCut);
      await labUp(session(world), chapterId(2));
      expect(files(world), `cut before effect ${String(cut)}`).toEqual(files(whole));
    }
  });

  test('with any prefix of the journal lost or kept the next run ends whole', async () => {
    const whole = newWorld();
    await labUp(session(whole), chapterId(2));
    for (let kept = 0; kept <= whole.journal.length; kept++) {
      const world: World = { ...whole, journal: whole.journal.slice(0, kept) };
      await labUp(session(world), chapterId(2));
      expect(files(world)).toEqual({ a: ['/one', '/two'], b: ['/three'] });
    }
  });

  test('the end of a chapter is kept once it is reached, not out of a lab that is further on', async () => {
    const world = newWorld();
    const kept: string[] = [];
    const chapterEnds: LabSession['chapterEnds'] = {
      ...noCheckpoints.chapterEnds,
      keep: (chapter) => {
        kept.push(chapter);
        return Promise.resolve();
      },
    };
    await labUp(session(world, { chapterEnds }), chapterId(2));
    expect(kept).toEqual(['chapter-1', 'chapter-2']);
    await labUp(session(world, { chapterEnds }), chapterId(2));
    expect(kept).toEqual(['chapter-1', 'chapter-2', 'chapter-2']);
  });

  test('the next chapter begins once the nodes are copied, while the end is put away; the next end waits for it', async () => {
    const world = newWorld();
    const told: string[] = [];
    let putAway: () => void = () => undefined;
    const late = new Promise<void>((resolve) => (putAway = resolve));
    const announce = (event: LabEvent): void => {
      if (event.kind !== 'item-finished' || !event.item.startsWith('step ')) return;
      told.push(event.item);
      if (event.item === 'step chapter-2/three') putAway();
    };
    const copies: LabSession['copies'] = {
      ...noCheckpoints.copies,
      copy: async (_nodes, folder, options) => {
        told.push(`${folder} copied`);
        options?.whenThawed?.();
        await late;
        told.push(`${folder} put away`);
        return { frozenSeconds: 0, bytes: 0 };
      },
    };
    const chapterEnds: LabSession['chapterEnds'] = {
      ...noCheckpoints.chapterEnds,
      keep: async (chapter, _end, copyInto) => {
        await copyInto(chapter);
      },
    };
    await labUp(session(world, { copies, chapterEnds, announce }), chapterId(2));
    expect(told).toEqual([
      ...['step chapter-1/one', 'step chapter-1/two', 'chapter-1 copied'],
      ...['step chapter-2/three', 'chapter-1 put away', 'chapter-2 copied', 'chapter-2 put away'],
    ]);
  });

  test('an end that can not be put away fails the run, though the next chapter went on', async () => {
    const world = newWorld();
    const copies: LabSession['copies'] = {
      ...noCheckpoints.copies,
      copy: (_nodes, _folder, options) => {
        options?.whenThawed?.();
        return Promise.reject(new Error('no room'));
      },
    };
    const chapterEnds: LabSession['chapterEnds'] = {
      ...noCheckpoints.chapterEnds,
      keep: async (chapter, _end, copyInto) => {
        await copyInto(chapter);
      },
    };
    await expect(labUp(session(world, { copies, chapterEnds }), chapterId(2))).rejects.toThrow('no room');
    expect(files(world)).toEqual({ a: ['/one', '/two'], b: ['/three'] });
  });

  test('what somebody undid is done again', async () => {
    const world = newWorld();
    await labUp(session(world), chapterId(2));
    world.machine.nodes.get(nodeName('a'))?.files.delete('/two');
    await labUp(session(world), chapterId(2));
    expect(files(world).a).toEqual(['/one', '/two']);
  });

  test('a step that was done is looked at twice before it is done again', async () => {
    const world = newWorld();
    await labUp(session(world), chapterId(2));
    const [name, holds] = [...testCheckKinds][0] ?? [];
    if (name === undefined || holds === undefined) throw new Error('there is a check');
    let looks = 0;
    const blinded: AnyCheckKind = {
      ...holds,
      observe: async (...asked: Parameters<AnyCheckKind['observe']>) =>
        (looks += 1) === 1 ? unseen(verbatim('too busy')) : holds.observe(...asked),
    };
    const busy = Object.assign(session(world), { checkKinds: new Map([[name, blinded]]) });
    expect(nothingToDo(await labUp(busy, chapterId(2)))).toBe(true);
    expect(looks).toBe(4);
  });

  test('what a step of an earlier chapter proved of the past is not asked again, nor done again', async () => {
    const world = newWorld({ past: 'two' });
    await labUp(session(world), chapterId(2));
    const a = world.machine.nodes.get(nodeName('a'));
    a?.files.delete('/two');
    await labUp(session(world), chapterId(2));
    expect(files(world).a).toEqual(['/one']);
    // Nor once a step before it was done again, nor after its node was off.
    a?.files.delete('/one');
    await labUp(session(world), chapterId(2));
    expect(files(world).a).toEqual(['/one']);
    if (a) a.state = 'stopped';
    await labUp(session(world), chapterId(2));
    expect(files(world).a).toEqual(['/one']);
    // At the end of its own chapter every check passes, as `lab verify` wants it.
    await labUp(session(world), chapterId(1));
    expect(files(world).a).toEqual(['/one', '/two']);
  });

  test('a check that does not come true fails the step, and the steps after it are not begun', async () => {
    const world = newWorld({ breakStep: 'two' });
    await expect(labUp(session(world), chapterId(2))).rejects.toMatchObject({ code: 'checks-failed', exit: 1 });
    expect(foldJournal(world.journal).steps.get('chapter-1/two')?.state).toBe('failed');
    expect(foldJournal(world.journal).steps.has('chapter-2/three')).toBe(false);
  });

  test('an interruption leaves the step interrupted and every started item finished', async () => {
    const world = newWorld();
    const interruption = new AbortController();
    const beforeEffect = (): void => {
      if (world.machine.nodes.get(nodeName('a'))?.files.has('/one'))
        interruption.abort(new LabError('interrupted', { en: '', fr: '' }, { exit: 130 }));
    };
    const events: LabEvent[] = [];
    await expect(
      labUp(
        session(world, { beforeEffect, signal: interruption.signal, announce: (event) => events.push(event) }),
        chapterId(2),
      ),
    ).rejects.toMatchObject({ code: 'interrupted' });
    expect(foldJournal(world.journal).steps.get('chapter-1/two')?.state).not.toBe('completed');
    const started = events.flatMap((event) => (event.kind === 'item-started' ? [event.item] : []));
    const finished = events.flatMap((event) => (event.kind === 'item-finished' ? [event.item] : []));
    expect([...finished].sort()).toEqual([...started].sort());
    await labUp(session(world), chapterId(2));
    expect(files(world)).toEqual({ a: ['/one', '/two'], b: ['/three'] });
  });

  test('an independent step begins while a step of an earlier chapter is at work; any other waits for all before it', async () => {
    const world = newWorld({ independent: 'three' });
    const order: string[] = [];
    const announce = (event: LabEvent): void => {
      if (event.kind === 'item-started' || event.kind === 'item-finished') order.push(`${event.kind} ${event.item}`);
    };
    await labUp(session(world, { announce }), chapterId(2));
    const at = (line: string): number => {
      expect(order).toContain(line);
      return order.indexOf(line);
    };
    expect(at('item-started step chapter-2/three')).toBeLessThan(at('item-finished step chapter-1/two'));
    expect(at('item-started step chapter-1/two')).toBeGreaterThan(at('item-finished step chapter-1/one'));
  });

  test("a later chapter's new node comes while the last step of the chapter before is at work", async () => {
    const world = newWorld();
    const order: string[] = [];
    const announce = (event: LabEvent): void => {
      if (event.kind === 'item-started' || event.kind === 'item-finished') order.push(`${event.kind} ${event.item}`);
    };
    await labUp(session(world, { announce }), chapterId(2));
    const moments = ['item-finished step chapter-1/one', 'item-started node b', 'item-finished step chapter-1/two'];
    expect(order.filter((line) => moments.includes(line))).toEqual(moments);
  });

  test('after a step that failed no node of a later chapter is made', async () => {
    const world = newWorld({ breakStep: 'one' });
    await expect(labUp(session(world), chapterId(2))).rejects.toMatchObject({ code: 'checks-failed' });
    expect([...world.machine.nodes.keys()]).toEqual(['a']);
  });

  test('a node that was deleted comes back, also where a step that only looks at it is confirmed with earlier ones', async () => {
    const world = newWorld({ onlyLooks: 'three' });
    await labUp(session(world), chapterId(2));
    world.machine.nodes.delete(nodeName('b'));
    const earlier = world.machine.nodes.get(nodeName('a'));
    if (earlier) earlier.state = 'stopped';
    const plan = await labUp(session(world), chapterId(2));
    const kinds = plan.items.map((item) => item.kind);
    expect(kinds).toEqual(['start-node', 'create-node', 'start-node', 'confirm-step', 'confirm-step', 'confirm-step']);
    expect([...world.machine.nodes.keys()].sort()).toEqual(['a', 'b']);
  });

  test('a network of that name that is not ours is refused before anything is changed', async () => {
    const world = newWorld();
    world.machine.network = 'foreign';
    await expect(labUp(session(world), chapterId(2))).rejects.toMatchObject({ code: 'network-foreign', exit: 4 });
    expect(world.machine.nodes.size).toBe(0);
  });
});
