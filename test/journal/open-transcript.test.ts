import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTranscript } from '../../src/journal/open-transcript.ts';
import { nodeName } from '../../src/model/ids.ts';

test('what a node said is kept without its secrets, and with its control characters shown', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lab-transcript-'));
  try {
    const transcript = await openTranscript(folder, 'run', ['qwerty'], () => new Date(0));
    transcript.write({
      kind: 'command-ran',
      item: 'step chapter-1/install',
      node: nodeName('etcd1'),
      argv: ['cat', 'log'],
      exitStatus: 0,
      seconds: 1,
      output: 'a\u001b[2J qwerty\nb\rc\n',
    });
    await transcript.close();
    const text = await readFile(transcript.path, 'utf8');
    expect(text).toContain('  | a\\x1b[2J ***\n');
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
  } finally {
    await rm(folder, { recursive: true });
  }
});
