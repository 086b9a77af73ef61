// What the probes saw of a chapter's end with a mistake in it: fixtures/recorded/mistakes/EDITION/NN-slug/ID.json. Answers
// that are as in whole.json beside it, the same chapter without a mistake, stand there only.

import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ChapterStart } from '../../src/model/chapter-start.ts';
import { type EditionName } from '../../src/model/ids.ts';
import { type NodeState } from '../../src/model/observation.ts';
import { type Chapter } from '../../src/model/workshop.ts';
import { type WrongState } from '../../src/model/wrong-state.ts';

export interface Recording {
  /** Of what makes the mistake; another one: what was seen says nothing any more. Empty for a whole chapter. */
  readonly made: string;
  /** Of the file with the answers that are left out here; null: this is it. */
  readonly whole: string | null;
  /** Of Debian's packages. */
  readonly versions: Readonly<Record<string, string>>;
  /** When it was looked at, in the time of the recording. */
  readonly now: string;
  /** Who led, and who is meant by `replica`, before the mistake. */
  readonly roles: Roles;
  readonly nodes: Readonly<Record<string, NodeState>>;
  /** How the cluster was when the chapter began. */
  readonly start: ChapterStart | null;
  readonly answers: readonly RecordedAnswer[];
}

export interface Roles {
  readonly leader: string | null;
  readonly replica: string | null;
}

/** Texts of several lines are lists of lines, for a diff. */
export interface RecordedAnswer {
  /** `seat`: asked from the trainer's seat. */
  readonly at: string;
  readonly asked: readonly Lines[];
  readonly exit: number | null;
  readonly out: Lines;
  readonly err?: Lines;
  /** It did not come back in time. */
  readonly late?: true;
}

/** Two numbers: those lines, counted from 0, of the same answer in whole.json. */
export type Lines = string | readonly (string | readonly [from: number, to: number])[];

export const toLines = (text: string): Lines => (text.includes('\n') ? text.split('\n') : text);
export const fromLines = (lines: Lines): string => (typeof lines === 'string' ? lines : lines.join('\n'));

/** A program that reads something is asked with it. */
export const withInput = (argv: readonly string[], input: string | undefined): readonly string[] =>
  input === undefined ? argv : [...argv, '<', input];

/** What is asked where. The same may be answered anew later in the same look. */
export const questionOf = ({ at, asked }: Pick<RecordedAnswer, 'at' | 'asked'>): string =>
  JSON.stringify([at, asked.map(fromLines)]);

/** `root`: of the checkout. `id` null: the chapter without a mistake. */
export function recordingPath(root: string, edition: EditionName, chapter: Chapter, id: string | null): string {
  const folder = chapter.directory.split('/').at(-1) ?? '';
  return join(root, 'fixtures/recorded/mistakes', edition, folder, `${id ?? 'whole'}.json`);
}

/** How it is recorded anew. */
export function recordingCommand(edition: EditionName, chapter: Chapter, id: string): string {
  return `scripts/record-mistakes --edition ${edition} ${chapter.slug} ${id}`;
}

/** Of the changes that make it alone: what verify has to say of it may be put otherwise. */
export function hashOfMistake({ make }: WrongState): string {
  return hash(JSON.stringify(make));
}

export function readRecording(path: string): Recording | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recording) : null;
}

export function hashOfFile(path: string): string | null {
  return existsSync(path) ? hash(readFileSync(path, 'utf8')) : null;
}

export async function writeRecording(path: string, recording: Recording): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(recording, null, 1)}\n`);
}

/**
 * Without what the chapter without a mistake has too: answers that are the same are left out, and lines that stand there
 * in the same answer are named by their numbers.
 */
export function lessWhat(recording: Recording, whole: Recording, wholeHash: string): Recording {
  const known = answersByQuestion(whole.answers);
  const own = answersByQuestion(recording.answers);
  const different = [...own].filter(([question, answers]) => !sameAnswers(answers, known.get(question)));
  const short = different.flatMap(([question, answers]) =>
    answers.map((answer) => ({ ...answer, out: referring(answer.out, known.get(question)?.[0]?.out) })),
  );
  return { ...recording, whole: wholeHash, answers: short };
}

/** All answers of a recording, those of the whole chapter where it has none of its own. */
export function allAnswers(recording: Recording, whole: Recording): ReadonlyMap<string, readonly RecordedAnswer[]> {
  const known = answersByQuestion(whole.answers);
  const own = [...answersByQuestion(recording.answers)].map(([question, answers]) => {
    const there = known.get(question)?.[0]?.out ?? [];
    return [question, answers.map((answer) => ({ ...answer, out: resolved(answer.out, there) }))] as const;
  });
  return new Map([...known, ...own]);
}

function referring(out: Lines, there: Lines | undefined): Lines {
  if (typeof out === 'string' || typeof there !== 'object') return out;
  const places = new Map(there.map((line, index) => [line, index]));
  const runs: (string | readonly [number, number])[] = [];
  for (const line of out) {
    const place = typeof line === 'string' && line.length > 20 ? places.get(line) : undefined;
    const last = runs.at(-1);
    if (place === undefined) runs.push(line);
    else if (typeof last === 'object' && last[1] + 1 === place) runs[runs.length - 1] = [last[0], place];
    else runs.push([place, place]);
  }
  return runs;
}

function resolved(out: Lines, there: Lines): Lines {
  if (typeof out === 'string') return out;
  return out.flatMap((line) => (typeof line === 'string' ? [line] : there.slice(line[0], line[1] + 1)));
}

/** All answers by their question, each in the order in which they came. */
function answersByQuestion(answers: readonly RecordedAnswer[]): Map<string, readonly RecordedAnswer[]> {
  const all = new Map<string, readonly RecordedAnswer[]>();
  for (const answer of answers) all.set(questionOf(answer), [...(all.get(questionOf(answer)) ?? []), answer]);
  return all;
}

function sameAnswers(some: readonly RecordedAnswer[], others: readonly RecordedAnswer[] | undefined): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
