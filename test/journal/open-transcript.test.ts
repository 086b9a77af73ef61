import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTranscript } from '../../src/journal/open-transcript.ts';
import { nodeName } from '../../src/model/ids.ts';
import { verbatim } from '../../src/model/words.ts';

let directory = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lab-transcript-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a transcript and its folder are for their owner alone, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    const transcript = await openTranscript(join(directory, 'transcripts'), 'run', () => new Date());
    transcript.write({ kind: 'notice', text: verbatim('begins') });
    await transcript.close();
    expect((await stat(transcript.path)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(transcript.path))).mode & 0o777).toBe(0o700);
  } finally {
    process.umask(before);
  }
});

test('a command stands in it with its node, its output, its status and its time', async () => {
  const transcript = await openTranscript(directory, 'run', () => new Date('2026-01-01T00:00:00Z'));
  transcript.write({
    ...{ kind: 'command-ran', item: 'step chapter-1/one', node: nodeName('etcd1'), exitStatus: 1, seconds: 0.25 },
    argv: ['systemctl', 'start', 'etcd'],
    output: 'one\ntwo\n',
  });
  await transcript.close();
  expect(await readFile(transcript.path, 'utf8')).toBe(
    '2026-01-01T00:00:00.000Z step chapter-1/one: etcd1$ systemctl start etcd\n  | one\n  | two\n  = 1 in 0.250 s\n',
  );
});

test('control characters that a node said are shown', async () => {
  const transcript = await openTranscript(directory, 'run', () => new Date(0));
  transcript.write({
    ...{ kind: 'command-ran', item: 'step chapter-1/install', node: nodeName('etcd1'), exitStatus: 0, seconds: 1 },
    argv: ['cat', 'log'],
    output: 'a\u001b[2J\nb\rc\n',
  });
  await transcript.close();
  const text = await readFile(transcript.path, 'utf8');
  expect(text).toContain('  | a\\x1b[2J\n');
  expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
});
