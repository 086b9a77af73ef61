import { expect, test } from 'vitest';
import { labUp } from '../../src/engine/lab-up.ts';
import { type LabSession } from '../../src/engine/session.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { chapterId } from '../../src/model/ids.ts';
import { newWorld, session } from './lab-world.ts';

const said = (argv: readonly string[], stdout: string): CommandResult => {
  return { argv, exitStatus: 1, stdout, stderr: '', timedOut: false, cancelled: false, seconds: 0 };
};

/** What node b's systemd says one time after the other; then it is not asked any more. */
function answering(own: LabSession, answers: string[], stops: string[]): LabSession {
  const { provider } = own;
  const changed: Partial<typeof provider> = {
    exec: async (node, argv, options) => {
      if (argv[0] !== 'systemctl') return provider.exec(node, argv, options);
      return said(argv, node === 'b' ? (answers.shift() ?? 'running\n') : 'running\n');
    },
    stopNode: async (node, how) => {
      stops.push(`${node} ${how}`);
      await provider.stopNode(node, how);
    },
  };
  return Object.assign(own, { provider: { ...provider, ...changed } });
}

test.each([
  ['is shutting down', ['stopping\n']],
  ['said nothing at first', ['', 'offline\n', 'stopping\n']],
])('a node that %s is stopped, and started again by up', async (_, answers) => {
  const world = newWorld();
  await labUp(session(world), chapterId(2));
  const stops: string[] = [];
  await labUp(answering(session(world), [...answers], stops), chapterId(2));
  expect(stops).toEqual(['b clean']);
  expect([...world.machine.nodes.values()].map(({ state }) => state)).toEqual(['running', 'running']);
});

test.each(['running\n', 'degraded\n', 'starting\n', 'maintenance\n'])('one that says %j stays', async (answer) => {
  const world = newWorld();
  await labUp(session(world), chapterId(2));
  const stops: string[] = [];
  await labUp(answering(session(world), [answer], stops), chapterId(2));
  expect(stops).toEqual([]);
});
