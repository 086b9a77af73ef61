import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type LabEvent } from '../../src/model/events.ts';
import { chapterId } from '../../src/model/ids.ts';
import { words } from '../../src/model/words.ts';
import { createRunFace } from '../../src/ui/create-run-face.ts';
import { type RunFaceOptions } from '../../src/ui/run-face.ts';
import { checkResult } from './check-result.ts';
import { commandRan, finished, judged, progress, started, titles } from './run-events.ts';

/** Announces events, each at its second, and gives what was written. */
async function lines(
  events: readonly (readonly [second: number, event: LabEvent])[],
  change: Partial<RunFaceOptions> = {},
): Promise<string> {
  const written: string[] = [];
  const stream = Object.assign(new EventEmitter(), { write: (text: string) => written.push(text) });
  let second = 0;
  const face = createRunFace({
    format: 'plain',
    language: 'en',
    colour: false,
    stdout: stream,
    stderr: stream,
    now: () => 5000 + second * 1000,
    ...change,
  });
  for (const [at, event] of events) {
    second = at;
    face.announce(event);
  }
  await face.close();
  return written.join('');
}

const aRun: readonly (readonly [number, LabEvent])[] = [
  [0, { kind: 'planned', plan: { chapter: chapterId(1), to: 'end', items: [] } }],
  [0, started('node etcd1', titles.etcd1)],
  [0, started('node etcd2', titles.etcd2)],
  [0.4, finished('node etcd2', 'done', 0.4)],
  [0.52, finished('node etcd1', 'done', 0.52)],
  [0.6, started('step chapter-1/install', titles.install)],
  [0.6, finished('step chapter-1/install', 'unchanged', 0)],
  [0.6, started('step chapter-1/start', titles.start)],
  [1, commandRan('step chapter-1/start', 'etcd1', ['systemctl', 'start', 'etcd'])],
  [1.4, finished('step chapter-1/start', 'done', 0.8)],
  [1.5, { kind: 'notice', text: words('All well.', 'Tout va bien.') }],
];

test('plain: one line an event, with its time, its place and how it ended', async () => {
  expect(await lines(aRun)).toBe(`\
[  0.4s] etcd2  Node etcd2 … done in 0.4 s
[  0.5s] etcd1  Node etcd1 … done in 0.5 s
[  0.6s] chapter-1/install  Install etcd …
[  0.6s] chapter-1/install  Install etcd … nothing to do
[  0.6s] chapter-1/start  Start the three members …
[  1.4s] chapter-1/start  Start the three members … done in 0.8 s
[  1.5s] All well.
`);
});

test('plain: in French', async () => {
  const text = await lines(aRun, { language: 'fr' });
  expect(text).toContain('[  1.4s] chapter-1/start  Démarrer les trois membres … fait en 0,8 s\n');
  expect(text).toContain('Installer etcd … rien à faire\n');
  expect(text).toContain('Tout va bien.\n');
});

test('plain: commands with their node, only when verbose', async () => {
  const command = '[  1.0s] etcd1: $ systemctl start etcd  (0, 0.3 s)\n';
  expect(await lines(aRun, { verbose: true })).toContain(command);
  expect(await lines(aRun)).not.toContain('systemctl');
});

test('plain: pretty without a terminal is plain', async () => {
  expect(await lines(aRun, { format: 'pretty' })).toBe(await lines(aRun));
});

test('plain: a failed step shows the last verdict of each check that is not true, and nothing of the true ones', async () => {
  const item = 'step chapter-2/join';
  const late = checkResult({ seen: words('state starting', 'état starting'), cause: null });
  const text = await lines([
    [0, started(item, titles.join)],
    [1, judged(item, checkResult())],
    [1, judged(item, checkResult({ node: null, verdict: 'unknown' }))],
    [2, judged(item, late)],
    [2, judged(item, checkResult({ node: null, verdict: 'pass' }))],
    [3, finished(item, 'failed', 3, words('checks did not come true', 'vérifications non abouties'))],
  ]);
  expect(text).toBe(`\
[  0.0s] chapter-2/join  pg-2 joins the cluster …
[  3.0s] chapter-2/join  pg-2 joins the cluster … failed after 3.0 s
         ✘ pg-2 streams from the leader · pg-patroni2
           expected  state streaming
           seen      state starting
           hint      Start it.
           command   patronictl -c /etc/patroni/config.yml list
`);
});

test('plain: an error without a failed check is told, every line of it', async () => {
  const text = await lines([
    [0, started('node etcd1', titles.etcd1)],
    [9, finished('node etcd1', 'failed', 9, words('lxc-start failed:\nno space left', 'échec'))],
  ]);
  expect(text).toBe(`\
[  9.0s] etcd1  Node etcd1 … failed after 9.0 s
         lxc-start failed:
         no space left
`);
});

test('plain: a check that failed on the way to a step that was done is not told', async () => {
  const item = 'step chapter-2/join';
  const text = await lines([
    [0, started(item, titles.join)],
    [1, judged(item, checkResult())],
    [2, finished(item, 'done', 2)],
  ]);
  expect(text).not.toContain('✘');
});

test('plain: progress is told every two seconds at most, and never twice the same', async () => {
  const item = 'image base';
  const at = (text: string) => progress(item, words(text, text));
  const text = await lines([
    [0, started(item, titles.base)],
    [1, at('10 of 40 MB')],
    [2, at('20 of 40 MB')],
    [3, at('30 of 40 MB')],
    [9, at('30 of 40 MB')],
  ]);
  expect(text.match(/\d+ of 40 MB/g)).toEqual(['10 of 40 MB', '30 of 40 MB']);
});

test('json: every event is one line of JSON, in English, and there is nothing else', async () => {
  const text = await lines(aRun, { format: 'json', language: 'fr' });
  const parsed = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly kind: string });
  expect(parsed.map(({ kind }) => kind)).toEqual(aRun.map(([, event]) => event.kind));
  expect(parsed[1]).toEqual({
    kind: 'item-started',
    item: 'node etcd1',
    title: 'Node etcd1',
    part: { kind: 'node', node: 'etcd1' },
  });
  expect(parsed[3]).toEqual({ kind: 'item-finished', item: 'node etcd2', outcome: 'done', seconds: 0.4 });
});

test.each(['plain', 'json'] as const)(
  '%s: a run goes on when the reader has gone; output lost on a full disk is told',
  async (format) => {
    const breaking = (code: string) => {
      const emitter = new EventEmitter();
      return Object.assign(emitter, { write: () => emitter.emit('error', Object.assign(new Error(code), { code })) });
    };
    await expect(lines(aRun, { format, stdout: breaking('EPIPE') })).resolves.toBe('');
    await expect(lines(aRun, { format, stdout: breaking('ENOSPC') })).rejects.toMatchObject({ code: 'output-lost' });
  },
);
