import { expect, test } from 'vitest';
import { type CommandOptions } from '../../../src/model/command.ts';
import { nodeName } from '../../../src/model/ids.ts';
import { execInContainer } from '../../../src/provider/lxc/containers.ts';
import { commandResult } from '../../build/command-result.ts';

async function started(options: CommandOptions) {
  const calls: { argv: readonly string[]; options: CommandOptions | undefined }[] = [];
  const run = (argv: readonly string[], given?: CommandOptions) => {
    calls.push({ argv: argv.slice(argv.indexOf('--') + 1), options: given });
    return Promise.resolve(commandResult(argv));
  };
  const result = await execInContainer({ run, directory: '/nodes' }, nodeName('etcd1'), ['journalctl'], options);
  expect(result.argv).toEqual(['journalctl']);
  return calls;
}

test('a program in a node has its limit there, and a longer one here', async () => {
  expect(await started({ timeoutSeconds: 7 })).toEqual([
    { argv: ['timeout', '--kill-after=2', '7', 'journalctl'], options: { timeoutSeconds: 12 } },
  ]);
});

test('one without a limit is in the group of what attached it, so that it ends with it', async () => {
  const { signal } = new AbortController();
  expect(await started({ timeoutSeconds: Number.POSITIVE_INFINITY, signal })).toEqual([
    { argv: ['journalctl'], options: { signal } },
  ]);
});
