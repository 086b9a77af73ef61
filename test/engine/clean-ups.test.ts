import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type ActionContext, defineAction } from '../../src/actions/kind.ts';
import { removeFaults } from '../../src/engine/lab-fault.ts';
import { runAction } from '../../src/engine/run-action.ts';
import { withCleanUps } from '../../src/engine/with-clean-ups.ts';
import { foldJournal } from '../../src/journal/fold-journal.ts';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { type LabEvent } from '../../src/model/events.ts';
import { nodeName } from '../../src/model/ids.ts';
import { words } from '../../src/model/words.ts';
import { newWorld, session, type World } from './lab-world.ts';

const interrupted = () => new LabError('interrupted', words('Interrupted.', ''), { exit: exitStatus.interrupted });
const a = nodeName('a');

/** An action of the test on the running node a; `interruption` is Ctrl-C. */
function runs(run: (context: ActionContext, interruption: AbortController) => Promise<void>) {
  const world = newWorld();
  world.machine.nodes.set(a, { state: 'running', files: new Map() });
  const events: LabEvent[] = [];
  const interruption = new AbortController();
  const kind = defineAction({
    name: 'of-the-test',
    schema: z.strictObject({}),
    run: (context) => run(context, interruption),
  });
  const own = session(world, {
    signal: interruption.signal,
    announce: (event) => events.push(event),
    actionKinds: new Map([[kind.name, kind]]),
  });
  const [chapter] = world.workshop.chapters;
  if (chapter === undefined) throw new Error('the test workshop has a chapter');
  const ended = runAction(own, chapter, { kind: kind.name, on: { kind: 'node', node: a }, with: {} }, 'item');
  const notices = () => events.flatMap((event) => (event.kind === 'notice' ? [event.text.en] : []));
  return { ended, notices, world, node: world.machine.nodes.get(a) };
}

describe('the clean-ups of an action', () => {
  test('after Ctrl-C what was taken away is put back, with a signal that was not interrupted', async () => {
    const { ended, node, notices } = runs(async (context, interruption) => {
      context.cleanUp((own) => own.exec(a, ['tee', '/back'], { input: 'back' }));
      context.cleanUp((own) => own.startNode(a));
      await context.freezeNode(a);
      interruption.abort(interrupted());
      await context.exec(a, ['true']);
    });
    await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
    expect(node).toMatchObject({ state: 'running', files: new Map([['/back', 'back']]) });
    expect(notices()).toEqual([]);
  });

  test('the last one first, after a success and after a failure', async () => {
    for (const fails of [false, true]) {
      const order: string[] = [];
      const { ended } = runs(async (context) => {
        for (const name of ['one', 'two', 'three']) context.cleanUp(async () => order.push(name));
        if (fails) await context.exec(a, ['false']);
      });
      await (fails ? expect(ended).rejects.toMatchObject({ code: 'command-failed' }) : ended);
      expect(order).toEqual(['three', 'two', 'one']);
    }
  });

  test('what was put back on the way, or is back, is not put back again', async () => {
    const order: string[] = [];
    const { ended } = runs(async (context) => {
      const first = context.cleanUp(async () => order.push('first'));
      const second = context.cleanUp(async () => order.push('second'));
      await first.now();
      second.forget();
      order.push('end');
    });
    await ended;
    expect(order).toEqual(['first', 'end']);
  });

  test('what could not be put back on the way is tried again at the end', async () => {
    let tries = 0;
    const { ended } = runs(async (context) => {
      const back = context.cleanUp(async () => {
        tries += 1;
        if (tries === 1) throw interrupted();
      });
      await back.now();
    });
    await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
    expect(tries).toBe(2);
  });

  test('one that fails is announced, hides no first error, and keeps no other from being done', async () => {
    const order: string[] = [];
    const { ended, notices } = runs(async (context) => {
      context.cleanUp(async () => order.push('first'));
      context.cleanUp((own) => own.exec(a, ['cat', '/gone']));
      throw interrupted();
    });
    await expect(ended).rejects.toMatchObject({ code: 'interrupted' });
    expect(order).toEqual(['first']);
    expect(notices()).toEqual([expect.stringContaining('cat: /gone: No such file')]);
  });

  test('after a success it is what the action fails with', async () => {
    const { ended, notices } = runs(async (context) => {
      context.cleanUp((own) => own.exec(a, ['cat', '/gone']));
    });
    await expect(ended).rejects.toMatchObject({ code: 'command-failed' });
    expect(notices()).toHaveLength(1);
  });

  test('one that hangs gets its time, each of its own, and no more', async () => {
    const world = newWorld();
    const order: string[] = [];
    const context = (own: { readonly signal: AbortSignal }, cleanUp: ActionContext['cleanUp']) =>
      ({ signal: own.signal, cleanUp }) as ActionContext;
    const work = async (one: ActionContext): Promise<void> => {
      one.cleanUp(async () => order.push('done'));
      one.cleanUp(() => new Promise(() => undefined));
      one.cleanUp(
        ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error()))),
      );
    };
    await expect(withCleanUps(session(world), context, work, 0.05)).rejects.toThrow();
    expect(order).toEqual(['done']);
  });
});

describe('a node that an action takes away', () => {
  const faults = ({ journal }: World) => foldJournal(journal).faults;

  test.each(['freeze', 'kill-node'] as const)('%s is in the journal until the node is started', async (fault) => {
    const { ended, world } = runs(async (context) => {
      await (fault === 'freeze' ? context.freezeNode(a) : context.killNode(a));
      expect(faults(world)).toEqual([{ fault, nodes: [a] }]);
      await context.startNode(a);
    });
    await ended;
    expect(faults(world)).toEqual([]);
    expect(world.journal.map(({ kind }) => kind)).toEqual(['fault-started', 'fault-healed']);
  });

  test('a lab that is killed there leaves a fault that lab heal ends', async () => {
    const { ended, world, node } = runs((context) => context.freezeNode(a));
    await ended;
    expect(faults(world)).toEqual([{ fault: 'freeze', nodes: [a] }]);
    await removeFaults(session(world));
    expect(node?.state).toBe('running');
    expect(faults(world)).toEqual([]);
  });
});
