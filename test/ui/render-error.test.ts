import { expect, test } from 'vitest';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { type RunFailure } from '../../src/model/run-failure.ts';
import { words } from '../../src/model/words.ts';
import { renderError, type ErrorPage } from '../../src/ui/render-error.ts';
import { paper } from './paper.ts';

function shown(error: unknown, change: Partial<ErrorPage> = {}): string {
  const { text, ...page } = paper();
  renderError(error, { ...page, ...change });
  return text();
}

const silent = new LabError('node-silent', words('etcd2 does not answer.', 'etcd2 ne répond pas.'), {
  exit: exitStatus.failed,
  hint: words('Look at it: lab logs etcd2', 'Examinez-le : lab logs etcd2'),
  cause: new Error('timed out after 30 s'),
});

const failure: RunFailure = {
  stoppedAt: words('Node etcd2', 'Nœud etcd2'),
  done: [words('The network', 'Le réseau'), words('Node etcd1', 'Nœud etcd1')],
  untouched: [words('chapter-1/install', 'chapter-1/install')],
  next: words('Run lab up again.', 'Relancez lab up.'),
  transcript: '/var/lib/lab/labs/main/transcripts/7.jsonl',
};

test('what happened, why, and what to do', () => {
  expect(shown(silent)).toBe(`\
✘ etcd2 does not answer.

  why         timed out after 30 s
  what to do  Look at it: lab logs etcd2
  code        node-silent
`);
});

test('after a change: where it stopped, what is done and untouched, how to go on, where the transcript is', () => {
  expect(shown(silent, { failure, language: 'fr' })).toBe(`\
✘ etcd2 ne répond pas.

  pourquoi        timed out after 30 s
  que faire       Examinez-le : lab logs etcd2
  arrêt à         Nœud etcd2
  fait            Le réseau · Nœud etcd1
  intact          chapter-1/install
  pour continuer  Relancez lab up.
  transcription   /var/lib/lab/labs/main/transcripts/7.jsonl
  code            node-silent
`);
});

test('of dozens, those next to where it stopped are told and the others counted; in json they are all there', () => {
  const many = Array.from({ length: 30 }, (_, index) => words(`step ${String(index)}`, `étape ${String(index)}`));
  const text = shown(silent, { failure: { ...failure, done: many, untouched: many } });
  expect(text).toContain('  done        26 others · step 26 · step 27 · step 28 · step 29\n');
  expect(text).toContain('  untouched   step 0 · step 1 · step 2 · step 3 · 26 others\n');
  const five = many.slice(0, 5);
  expect(shown(silent, { failure: { ...failure, done: five }, language: 'fr' })).toContain('étape 0 · étape 1');
  const json = JSON.parse(shown(silent, { failure: { ...failure, done: many }, format: 'json' })) as {
    error: { failure: { done: unknown[] } };
  };
  expect(json.error.failure.done).toHaveLength(30);
});

test('an error that is only a sentence stays short; nothing done is not listed', () => {
  const bare = new LabError('x', words('No.', 'Non.'), { exit: exitStatus.usage });
  expect(shown(bare)).toBe('✘ No.\n\n  code  x\n');
  expect(shown(bare, { failure: { ...failure, done: [], untouched: [] } })).not.toMatch(/^ {2}(done|untouched) /m);
});

test('an interruption is no mistake: it has a mark of its own', () => {
  const interrupted = new LabError('interrupted', words('Interrupted.', 'Interrompu.'), {
    exit: exitStatus.interrupted,
  });
  expect(shown(interrupted)).toMatch(/^■ Interrupted\.\n/);
});

test('pretty keeps to the width of the terminal, except for what is to be copied', () => {
  const long = new LabError('long', words('one two three four five six seven', ''), {
    exit: exitStatus.failed,
    hint: words('eight nine ten eleven twelve', ''),
  });
  expect(shown(long, { format: 'pretty', columns: 30, failure })).toContain(`\
✘ one two three four five six
  seven

  what to do  eight nine ten
              eleven twelve
`);
  expect(shown(long, { format: 'pretty', columns: 30, failure })).toContain(`transcript  ${failure.transcript}\n`);
});

test('a fault in lab: the stack, and what to report', () => {
  const text = shown(new TypeError('x is undefined'), { command: 'lab up chapter-2', version: '0.1.0', failure });
  expect(text).toMatch(/^✘ TypeError: x is undefined\n {2}This is a fault in lab, not something that you did\./);
  expect(text).toContain('  command     lab up chapter-2\n  version     0.1.0\n');
  expect(text).toContain(`  transcript  ${failure.transcript}\n`);
  expect(text).toMatch(/\n {2} +at .*render-error\.test\.ts/);
  expect(shown('just text')).toMatch(/^✘ thrown: just text\n/);
});

test('json: one line, in English', () => {
  const text = shown(silent, { format: 'json', language: 'fr', failure });
  expect(text.trimEnd()).not.toContain('\n');
  expect(JSON.parse(text)).toEqual({
    error: {
      code: 'node-silent',
      message: 'etcd2 does not answer.',
      cause: 'timed out after 30 s',
      hint: 'Look at it: lab logs etcd2',
      exit: 1,
      failure: {
        stoppedAt: 'Node etcd2',
        done: ['The network', 'Node etcd1'],
        untouched: ['chapter-1/install'],
        next: 'Run lab up again.',
        transcript: failure.transcript,
      },
    },
  });
  expect(JSON.parse(shown(new TypeError('x'), { format: 'json' }))).toMatchObject({
    error: { code: 'internal', message: 'TypeError: x', cause: null, hint: null, exit: 70 },
  });
});
