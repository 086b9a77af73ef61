// Makes mistakes in a real lab and writes down what the probes see of them. Run by scripts/record-mistakes.

import { parseArgs } from 'node:util';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { LabError } from '../../src/model/errors.ts';
import { editionName } from '../../src/model/ids.ts';
import { verbatim } from '../../src/model/words.ts';
import { type Chapter, type Edition } from '../../src/model/workshop.ts';
import { type WrongState } from '../../src/model/wrong-state.ts';
import { findChapter } from '../../src/workshop/find-chapter.ts';
import { findEdition } from '../../src/workshop/find-edition.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { unknownName } from '../../src/workshop/unknown-name.ts';
import { labRunner } from '../real/lab-runner.ts';
import { beforeMistakes, type ChapterLab } from './make-mistake.ts';
import { openRecorder, type Recorder } from './open-recorder.ts';

const [root = '', ...args] = process.argv.slice(2);
let failures = 0;
try {
  await recordAll();
  say(failures === 0 ? 'all recorded' : `${failures} not as mistakes.yml has them`);
  process.exitCode = failures === 0 ? 0 : 1;
} catch (error) {
  // What was typed: the rest is told where it happens.
  const typed = error instanceof LabError ? `${error.what.en} ${error.hint?.en ?? ''}` : wrongOption(error);
  if (typed === null) throw error;
  say(typed);
  process.exitCode = 2;
}

function wrongOption(error: unknown): string | null {
  const { code = '', message = '' } = error as { readonly code?: string; readonly message?: string };
  return code.startsWith('ERR_PARSE_ARGS') ? message : null;
}

async function recordAll(): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { edition: { type: 'string' }, missing: { type: 'boolean', default: false } },
  });
  const [slug, ...ids] = positionals;
  const program = [process.execPath, `${root}/dist/main.js`];
  const { home } = parseInvocation({}, process.env, process.cwd());
  const workshop = await loadWorkshop({ actionKinds, checkKinds }, `${root}/labs/patroni-etcd`);
  const editions =
    values.edition === undefined ? workshop.editions : [findEdition(workshop, editionName(values.edition))];
  const chapters = slug === undefined ? workshop.chapters : [findChapter(workshop, slug)];
  const wanted = editions.map((edition) => ({
    edition,
    chapters: chapters
      .map((chapter) => ({ chapter, mistakes: mistakesOf(chapter, edition, ids) }))
      .filter(({ mistakes }) => mistakes.length > 0),
  }));
  mustBeSome(
    ids,
    chapters,
    wanted.flatMap((one) => one.chapters).flatMap(({ mistakes }) => mistakes),
  );
  for (const { edition, chapters: withMistakes } of wanted.filter((one) => one.chapters.length > 0)) {
    const lab = labRunner({ program, home, name: `mistakes-${edition.name}`, edition: edition.name });
    try {
      for (const { chapter, mistakes } of withMistakes)
        await recordChapter({ lab, workshop, edition, chapter }, mistakes, {
          home,
          missing: values.missing,
          wholeAnew: ids.length === 0 && !values.missing,
        });
    } finally {
      await lab.lab(['destroy', '--yes']);
    }
  }
}

function mistakesOf(chapter: Chapter, edition: Edition, ids: readonly string[]): readonly WrongState[] {
  const here = chapter.mistakes.filter(({ editions: made }) => made.includes(edition.name));
  return ids.length === 0 ? here : here.filter(({ id }) => ids.includes(id));
}

/** Each that was named is made somewhere, and something is made at all. */
function mustBeSome(ids: readonly string[], chapters: readonly Chapter[], found: readonly WrongState[]): void {
  const known = chapters.flatMap(({ mistakes }) => mistakes.map(({ id }) => id));
  const missing = ids.find((id) => !found.some((mistake) => mistake.id === id));
  if (missing === undefined && found.length > 0) return;
  const what = missing === undefined ? 'no mistake' : `no mistake ${missing}`;
  throw unknownName('mistake-unknown', verbatim(`There is ${what} to make here, or not on this edition.`), {
    text: missing ?? '',
    candidates: known.filter((id) => id !== missing),
    all: verbatim(`There are: ${known.join(', ') || 'none'}.`),
  });
}

interface HowToRecord {
  readonly home: string;
  /** Only those without a recording, or with a stale one. */
  readonly missing: boolean;
  readonly wholeAnew: boolean;
}

/** A mistake that can't be recorded or undone costs a fresh lab, and the others go on. */
async function recordChapter(at: ChapterLab, mistakes: readonly WrongState[], how: HowToRecord): Promise<void> {
  const recorder = openRecorder(at, { root, home: how.home });
  let fresh = false;
  const begin = async (): Promise<void> => {
    if (fresh) return;
    await at.lab.lab(['destroy', '--yes']);
    await at.lab.mustLab(['up', at.chapter.slug]);
    if (mistakes.some(({ undo }) => undo.kind === 'restore')) await at.lab.mustLab(['save', beforeMistakes]);
    fresh = true;
  };
  for (const mistake of mistakes) {
    if (how.missing && recorder.has(mistake)) continue;
    const started = performance.now();
    const name = `${at.edition.name} ${at.chapter.slug} ${mistake.id}`;
    try {
      await begin();
      await recorder.recordWhole(how.wholeAnew);
      const objections = await recordOne(recorder, mistake);
      if (objections.length > 0) failures += 1;
      const told = objections.length === 0 ? 'recorded' : ['recorded, but', ...objections].join('\n    ');
      say(`${name}: ${told} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
    } catch (error) {
      failures += 1;
      fresh = false;
      say(`${name}: FAILED\n    ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function recordOne(recorder: Recorder, mistake: WrongState): Promise<readonly string[]> {
  const objections = await recorder.record(mistake);
  await recorder.undo(mistake);
  return objections;
}

function say(text: string): void {
  process.stderr.write(`${new Date().toTimeString().slice(0, 8)} ${text}\n`);
}
