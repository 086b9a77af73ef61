// What actions take away for a while comes back when they are interrupted.

import { expect, test } from 'vitest';
import { runAction } from '../../src/engine/run-action.ts';
import { writePastProxy } from '../../src/actions/write-past-proxy.ts';
import { type AnyActionKind } from '../../src/actions/kind.ts';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { nodeName } from '../../src/model/ids.ts';
import { words } from '../../src/model/words.ts';
import { faultSession, faultWorld } from '../faults/fault-session.ts';

/** Runs the action on node a; `at` is the command during which Ctrl-C comes. Returns the commands after it. */
async function interruptedAt(kind: AnyActionKind, args: object, at: string): Promise<readonly string[]> {
  const world = faultWorld();
  const interruption = new AbortController();
  const answer = (argv: readonly string[]) => {
    if (argv.join(' ').includes(at))
      interruption.abort(new LabError('interrupted', words('', ''), { exit: exitStatus.interrupted }));
    return undefined;
  };
  const session = {
    ...faultSession(world, { answer, signal: interruption.signal }),
    actionKinds: new Map([['it', kind]]),
  };
  const [chapter] = world.workshop.chapters;
  if (chapter === undefined) throw new Error('the test workshop has a chapter');
  const action = { kind: 'it', on: { kind: 'node', node: nodeName('a') } as const, with: args };
  await expect(runAction(session, chapter, action, 'item')).rejects.toMatchObject({ code: 'interrupted' });
  const cut = world.order.findIndex((command) => command.includes(at));
  return world.order.slice(cut + 1);
}

test('the proxy that a client was to write past runs again', async () => {
  const after = await interruptedAt(writePastProxy, { table: 't', note: 'n', hosts: 'a,b' }, 'insert into');
  expect(after).toEqual([expect.stringContaining('start-service haproxy start haproxy')]);
});
