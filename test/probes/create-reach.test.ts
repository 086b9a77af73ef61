import { expect, test } from 'vitest';
import { type NodeCommandOptions } from '../../src/model/command.ts';
import { nodeName } from '../../src/model/ids.ts';
import { createReach } from '../../src/probes/create-reach.ts';
import { editionOfEtcd, workshop } from '../checks/etcd-lab.ts';

test('what a look keeps of a node that says much is bounded', async () => {
  const mebibyte = 1024 * 1024;
  let given = 0;
  const exec = async (_node: unknown, argv: readonly string[], { maxBytes = 0 }: NodeCommandOptions = {}) => {
    given += maxBytes;
    // As long as it may be, without being there.
    const stdout = { length: maxBytes } as unknown as string;
    return { argv, exitStatus: 0, stdout, stderr: '', timedOut: false, cancelled: false, seconds: 0 };
  };
  const provider = { exec, execOnNetwork: (argv: readonly string[]) => exec(null, argv) };
  const chapterStarts = new Map();
  const look = createReach(
    { provider, workshop, edition: editionOfEtcd('3.5.16'), chapterStarts },
    { network: 'present', nodes: new Map() },
  );
  await look.exec(nodeName('etcd1'), ['one']);
  expect(given).toBe(16 * mebibyte);
  for (let count = 0; count < 99; count += 1) await look.exec(nodeName('etcd1'), [String(count)]);
  expect(given).toBeLessThan(140 * mebibyte);
  given = 0;
  await look.exec(nodeName('etcd1'), ['short']);
  expect(given).toBe(64 * 1024);
  await look.exec(nodeName('etcd1'), ['long'], { maxBytes: 64 * mebibyte });
  expect(given).toBe(64 * mebibyte + 64 * 1024);
  given = 0;
  await look.anew().exec(nodeName('etcd1'), ['one']);
  expect(given).toBe(16 * mebibyte);
});
