// Once a failure is told, nothing of lab goes on: its process would stay for as long.

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { chapterId } from '../../src/model/ids.ts';
import { newWorld, session } from './lab-world.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }));
afterEach(() => vi.useRealTimers());

test('a node that does not start ends the looks that wait for what was done on it', async () => {
  const world = newWorld();
  await labUp(session(world), chapterId(2));
  for (const node of world.machine.nodes.values()) node.state = 'stopped';
  const own = session(world);
  const { provider } = own;
  const startNode: typeof provider.startNode = (node, signal) =>
    node === 'b' ? Promise.reject(new Error('b does not start')) : provider.startNode(node, signal);
  const failing: LabSession = Object.assign(own, { provider: { ...provider, startNode } });
  const began = Date.now();
  let told: unknown;
  const ended = labUp(failing, chapterId(2)).catch((error: unknown) => (told = error));
  while (told === undefined) await vi.advanceTimersByTimeAsync(10);
  await ended;
  expect(told).toMatchObject({ message: 'b does not start' });
  expect(Date.now() - began).toBeLessThan(1000);
  expect(vi.getTimerCount()).toBe(0);
});
