import { expect, test } from 'vitest';
import { runAction } from '../../src/engine/run-action.ts';
import { type AnyActionKind } from '../../src/actions/kind.ts';
import { nodeName } from '../../src/model/ids.ts';
import { checkpoint } from '../build/checkpoint.ts';
import { faultSession, faultWorld } from '../faults/fault-session.ts';

const removing: AnyActionKind = {
  name: 'clear-etcd-boot-data',
  schema: undefined as never,
  run: async (context) => {
    await Promise.all([context.keepBefore(), context.keepBefore()]);
  },
};

/** Names of the checkpoints that the action left, beside those that there were. */
async function keptBy({ touched, there = [] }: { readonly touched: boolean; readonly there?: readonly string[] }) {
  const world = faultWorld();
  if (touched) world.journal = [{ at: '', run: 'r', kind: 'touched-by-hand' }];
  const kept: string[] = [];
  const session = {
    ...faultSession(world),
    get history() {
      return faultSession(world).history;
    },
    actionKinds: new Map([[removing.name, removing]]),
    ownCheckpoints: {
      names: () => Promise.resolve(there),
      now: () => new Date(0),
      store: (name: string) => {
        kept.push(name);
        return Promise.resolve(checkpoint({ name }));
      },
    },
  };
  const [chapter] = world.workshop.chapters;
  if (chapter === undefined) throw new Error('the test workshop has a chapter');
  const action = { kind: removing.name, on: { kind: 'node', node: nodeName('a') } as const, with: {} };
  await runAction(session, chapter, action, 'item');
  return kept;
}

test('a lab that somebody had in hand is kept before something goes, once for all nodes', async () => {
  expect(await keptBy({ touched: true })).toEqual(['lab-kept-clear-etcd-boot-data']);
});

test('one that is lab’s own work is not', async () => {
  expect(await keptBy({ touched: false })).toEqual([]);
});

test('no checkpoint takes the place of another one, and its name is short enough', async () => {
  const there = ['lab-kept-clear-etcd-boot-data'];
  const [name = ''] = await keptBy({ touched: true, there });
  expect(there).not.toContain(name);
  expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,29}$/);
});
