import { expect, test } from 'vitest';
import { logsOnTerminal } from '../../src/cli/logs-on-terminal.ts';
import { nodeName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { guardStream } from '../../src/ui/guard-stream.ts';

const node = nodeName('etcd1');
/** A node whose programs are those of this machine. */
const provider = { exec: (_: unknown, argv: readonly string[], options: object = {}) => runProgram(argv, options) };

function terminal() {
  const said: string[] = [];
  const stdout = guardStream({ write: (text) => said.push(text), on: () => undefined, isTTY: true });
  return { stdout, text: () => said.join('') };
}

test('what a node logs is shown on a terminal, colours too', async () => {
  const { stdout, text } = terminal();
  const world = { stdout, signal: new AbortController().signal };
  const says = ['printf', 'a \\033]0;owned\\007 \\033[31mred\\nb\\r\\n\\302\\233 \\342\\200\\256 \\377'];
  expect(await logsOnTerminal(world, provider, node, says)).toBe(0);
  expect(text()).toBe('a \\x1b]0;owned\\x07 \\x1b[31mred\nb\n\\x9b \\u202e \ufffd');
});

test('the exit status is that of the program, and its errors are heard', async () => {
  const { stdout, text } = terminal();
  const world = { stdout, signal: new AbortController().signal };
  expect(await logsOnTerminal(world, provider, node, ['sh', '-c', 'echo no >&2; exit 3'])).toBe(3);
  expect(text()).toBe('no\n');
});

test('Ctrl-C ends one that follows, as nothing else would', async () => {
  const { stdout, text } = terminal();
  const leave = new AbortController();
  const follows = ['sh', '-c', 'echo $$; exec sleep 600'];
  const ended = logsOnTerminal({ stdout, signal: leave.signal }, provider, node, follows);
  await expect.poll(text).toMatch(/^\d+\n$/);
  leave.abort();
  expect(await ended).toBe(130);
  expect(() => process.kill(Number(text()), 0)).toThrow();
});

test('it has no terminal that it could write to, or type into', async () => {
  const { stdout, text } = terminal();
  const world = { stdout, signal: new AbortController().signal };
  const tries = ['sh', '-c', '(: > /dev/tty) 2>/dev/null && echo has one || echo has none'];
  await logsOnTerminal(world, provider, node, tries);
  expect(text()).toBe('has none\n');
});
