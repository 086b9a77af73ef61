// Makes mistakes in a real lab and writes down what the probes see of them. Run by scripts/record-mistakes.

import { parseArgs } from 'node:util';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { editionName } from '../../src/model/ids.ts';
import { type Chapter, type Edition } from '../../src/model/workshop.ts';
import { type WrongState } from '../../src/model/wrong-state.ts';
import { findChapter } from '../../src/workshop/find-chapter.ts';
import { findEdition } from '../../src/workshop/find-edition.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { labRunner } from '../real/lab-runner.ts';
import { beforeMistakes, type ChapterLab } from './make-mistake.ts';
import { openRecorder, type Recorder } from './open-recorder.ts';

const [root = '', ...args] = process.argv.slice(2);
const { values, positionals } = parseArgs({
  args,
  allowPositionals: true,
  options: { edition: { type: 'string' }, missing: { type: 'boolean', default: false } },
});
const [slug, ...ids] = positionals;
const program = [process.execPath, `${root}/dist/main.js`];
const { home } = parseInvocation({}, process.env, process.cwd());
const workshop = await loadWorkshop({ actionKinds, checkKinds }, `${root}/labs/patroni-etcd`);
const chapters = slug === undefined ? workshop.chapters : [findChapter(workshop, slug)];
const editions =
  values.edition === undefined ? workshop.editions : [findEdition(workshop, editionName(values.edition))];
let failures = 0;

for (const edition of editions) {
  const lab = labRunner({ program, home, name: `mistakes-${edition.name}`, edition: edition.name });
  try {
    for (const chapter of chapters) {
      const wanted = mistakesOf(chapter, edition);
      if (wanted.length > 0) await recordChapter({ lab, workshop, edition, chapter }, wanted);
    }
  } finally {
    await lab.lab(['destroy', '--yes']);
  }
}
say(failures === 0 ? 'all recorded' : `${failures} not as mistakes.yml has them`);
process.exitCode = failures === 0 ? 0 : 1;

function mistakesOf(chapter: Chapter, edition: Edition): readonly WrongState[] {
  const here = chapter.mistakes.filter(({ editions: made }) => made.includes(edition.name));
  if (ids.length === 0) return here;
  for (const id of ids)
    if (!chapter.mistakes.some((mistake) => mistake.id === id)) throw new Error(`no mistake ${id} in ${chapter.slug}`);
  return here.filter(({ id }) => ids.includes(id));
}

/** A mistake that can't be recorded or undone costs a fresh lab, and the others go on. */
async function recordChapter(at: ChapterLab, mistakes: readonly WrongState[]): Promise<void> {
  const recorder = openRecorder(at, { root, home });
  let fresh = false;
  const begin = async (): Promise<void> => {
    if (fresh) return;
    await at.lab.lab(['destroy', '--yes']);
    await at.lab.mustLab(['up', at.chapter.slug]);
    if (mistakes.some(({ undo }) => undo.kind === 'restore')) await at.lab.mustLab(['save', beforeMistakes]);
    fresh = true;
  };
  for (const mistake of mistakes) {
    if (values.missing && recorder.has(mistake)) continue;
    const started = performance.now();
    const name = `${at.edition.name} ${at.chapter.slug} ${mistake.id}`;
    try {
      await begin();
      await recorder.recordWhole(ids.length === 0 && !values.missing);
      const objections = await recordOne(recorder, mistake);
      if (objections.length > 0) failures += 1;
      const how = objections.length === 0 ? 'recorded' : ['recorded, but', ...objections].join('\n    ');
      say(`${name}: ${how} (${((performance.now() - started) / 1000).toFixed(0)} s)`);
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
