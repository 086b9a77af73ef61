import { expect, test } from 'vitest';
import { chapterId } from '../../src/model/ids.ts';
import { words } from '../../src/model/words.ts';
import { createRunFace } from '../../src/ui/create-run-face.ts';
import { type RunFace, type RunFaceOptions } from '../../src/ui/run-face.ts';
import { checkResult } from './check-result.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { finished, judged, progress, started, titles } from './run-events.ts';

const turning = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/;

interface Shown {
  readonly terminal: FakeTerminal;
  readonly face: RunFace;
  readonly at: (second: number) => void;
}

function show(change: Partial<RunFaceOptions> = {}, terminal = new FakeTerminal()): Shown {
  let second = 0;
  const face = createRunFace({
    format: 'pretty',
    language: 'en',
    colour: false,
    stdout: terminal,
    stderr: new FakeTerminal(),
    chapterTitles: { [chapterId(1)]: words('etcd', 'etcd'), [chapterId(2)]: words('Patroni', 'Patroni') },
    now: () => second * 1000,
    ...change,
  });
  return {
    terminal,
    face,
    at: (to) => {
      second = to;
    },
  };
}

/** Two nodes at once, then a chapter. */
function announceARun({ face, at }: Shown): void {
  face.announce(started('node etcd1', titles.etcd1));
  face.announce(started('node etcd2', titles.etcd2));
  at(0.4);
  face.announce(finished('node etcd2', 'done', 0.4));
  at(0.6);
  face.announce(finished('node etcd1', 'done', 0.6));
  face.announce(started('step chapter-1/install', titles.install));
  face.announce(finished('step chapter-1/install', 'unchanged', 0));
  face.announce({ kind: 'notice', text: words('All well.', 'Tout va bien.') });
  face.announce(started('step chapter-1/start', titles.start));
  at(2.1);
  face.announce(finished('step chapter-1/start', 'done', 1.5));
}

const aRunAt80 = `\
✔ Nodes                                                                   0.6 s
  ✔ Node etcd1                                                            0.6 s
  ✔ Node etcd2                                                            0.4 s
✔ Chapter 1: etcd                                                         1.5 s
  ✔ Install etcd                                                  nothing to do
  ✔ Start the three members                                               1.5 s
· All well.`;

test('what is left on the screen: headings, their lines, the seconds at the right', async () => {
  const shown = show();
  announceARun(shown);
  await shown.face.close();
  expect(shown.terminal.screen()).toBe(aRunAt80);
  expect(shown.terminal.cursorHidden).toBe(false);
});

test.each([
  ['that says 0 columns and rows', 0, 0],
  ['that says nothing', undefined, undefined],
])('a terminal %s gets 80 columns', async (_, columns, rows) => {
  const terminal = Object.assign(new FakeTerminal(), { columns, rows });
  const shown = show({}, terminal);
  announceARun(shown);
  await terminal.until((screen) => screen.includes('All well.'));
  await shown.face.close();
  expect(terminal.screen()).toBe(aRunAt80);
});

test('nothing is wider than the terminal, whose width may change on the way', async () => {
  const shown = show({}, Object.assign(new FakeTerminal(), { columns: 200 }));
  shown.face.announce(started('node etcd1', titles.etcd1));
  await shown.terminal.until((screen) => screen.includes('Node etcd1'));
  shown.terminal.columns = 30;
  shown.face.announce(finished('node etcd1', 'done', 0.4));
  shown.face.announce(started('step chapter-1/start', titles.start));
  shown.face.announce(finished('step chapter-1/start', 'done', 0.4));
  await shown.face.close();
  expect(shown.terminal.screen()).toBe(`\
✔ Nodes                 0.0 s
  ✔ Node etcd1          0.4 s
✔ Chapter 1: etcd       0.0 s
  ✔ Start the           0.4 s
    three members`);
});

test('while it runs: lines of work side by side, what each is at, and the seconds', async () => {
  const shown = show();
  shown.face.announce(started('image base', titles.base));
  shown.face.announce(progress('image base', words('10 of 40 MB', '10 sur 40 Mo')));
  shown.face.announce(started('node etcd1', titles.etcd1));
  shown.at(3.7);
  const screen = await shown.terminal.until(
    (now) => now.includes('10 of 40 MB') && turning.test(now.split('\n')[4] ?? ''),
  );
  expect(screen.replaceAll(new RegExp(turning, 'g'), '*')).toBe(`\
❯ Images                                                                    3 s
  * The base image                                                          3 s
    › 10 of 40 MB
❯ Nodes                                                                     3 s
  * Node etcd1                                                              3 s`);
  expect(shown.terminal.cursorHidden).toBe(true);
  shown.face.announce(finished('image base', 'done', 4));
  shown.face.announce(finished('node etcd1', 'done', 4));
  await shown.face.close();
  expect(shown.terminal.screen()).not.toContain('40 MB');
});

test('a failed step shows its failed checks, in the language of the reader; the heading fails with it', async () => {
  const shown = show({ language: 'fr' });
  const item = 'step chapter-2/join';
  shown.face.announce(started(item, titles.join));
  shown.face.announce(judged(item, checkResult()));
  shown.face.announce(judged(item, checkResult({ node: null, verdict: 'pass' })));
  await shown.terminal.until((screen) => screen.includes('› en attente : pg-2 reçoit le flux du leader'));
  shown.face.announce(finished(item, 'failed', 31.2, words('not true', 'les vérifications ont échoué')));
  await shown.face.close();
  expect(shown.terminal.screen()).toBe(`\
✘ Chapitre 2\u00a0: Patroni                                                    0,0 s
  ✘ pg-2 rejoint le cluster                                              31,2 s
    ✘ pg-2 reçoit le flux du leader · pg-patroni2
      attendu   état streaming
      observé   état stopped
      cause     patroni ne tourne pas sur pg-patroni2
      piste     Démarrez-le.
      commande  patronictl -c /etc/patroni/config.yml list`);
});

test('an interruption and an error are told; what was left open by a fault is shown as interrupted', async () => {
  const shown = show();
  shown.face.announce(started('node etcd1', titles.etcd1));
  shown.face.announce(finished('node etcd1', 'interrupted', 0.2));
  shown.face.announce(started('step chapter-1/start', titles.start));
  shown.face.announce(finished('step chapter-1/start', 'failed', 0.2, words('no space left', 'plus de place')));
  shown.face.announce(started('step chapter-1/install', titles.install));
  await shown.face.close();
  expect(shown.terminal.screen()).toBe(`\
■ Nodes                                                             interrupted
  ■ Node etcd1                                                      interrupted
✘ Chapter 1: etcd                                                         0.0 s
  ✘ Start the three members                                               0.2 s
    no space left
  ■ Install etcd                                                    interrupted`);
});

test('a run longer than the screen stands whole above the prompt at the end', async () => {
  const shown = show({}, Object.assign(new FakeTerminal(), { rows: 6 }));
  const expected = ['✔ Chapter 1: etcd'];
  for (let step = 1; step <= 20; step += 1) {
    const item = `step chapter-1/step-${String(step)}`;
    const title = `Step number ${String(step)}`;
    shown.face.announce(started(item, words(title, title)));
    await shown.terminal.until((screen) => screen.includes(title));
    shown.face.announce(finished(item, 'done', 0.1));
    expected.push(`  ✔ ${title}`);
  }
  await shown.face.close();
  const lines = shown.terminal.screen().split('\n');
  expect(lines.map((line) => line.replace(/ +0\.\d s$/, ''))).toEqual(expected);
});

test('a face to which nothing is announced leaves the terminal untouched', async () => {
  const shown = show();
  await shown.face.close();
  expect(shown.terminal.raw).toBe('');
});

test('no colours when none are wanted, also none of listr2', async () => {
  const plain = show();
  announceARun(plain);
  await plain.terminal.until((screen) => screen.includes('All well.'));
  await plain.face.close();
  // eslint-disable-next-line no-control-regex
  expect(plain.terminal.raw.match(/\x1b\[[0-9;]*m/g)).toBeNull();

  const coloured = show({ colour: true });
  coloured.face.announce(started('image base', titles.base));
  await coloured.terminal.until((screen) => turning.test(screen));
  announceARun(coloured);
  await coloured.face.close();
  expect(coloured.terminal.raw).toMatch(new RegExp(`\u001b\\[36m${turning.source}`));
  expect(coloured.terminal.raw).toContain('\u001b[32m✔\u001b[39m');
});

test('a run goes on, and closes, when its terminal has gone', async () => {
  const terminal = new FakeTerminal();
  terminal.write = () => terminal.emit('error', Object.assign(new Error('EIO'), { code: 'EIO' }));
  const shown = show({}, terminal);
  announceARun(shown);
  await shown.face.close();
});

test('signals are left to the program', async () => {
  const listeners = () => (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal));
  const before = listeners();
  const shown = show();
  announceARun(shown);
  await shown.terminal.until((screen) => screen.includes('All well.'));
  expect(listeners()).toEqual(before);
  await shown.face.close();
});
