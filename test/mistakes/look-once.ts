// Looks at a real lab once, as `lab verify CHAPTER` does, and prints what its programs answered and what was made of it.
// A program of its own: started for each look by record-mistakes.

import { checkKinds } from '../../src/checks/registry.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { chapterOf, readLab } from '../../src/cli/read-lab.ts';
import { compose } from '../../src/compose.ts';
import { awaitChecks } from '../../src/engine/await-checks.ts';
import { recordingProvider } from '../checks/recording-provider.ts';
import { type Look } from './look.ts';
import { type RecordedAnswer, toLines, withInput } from './recording.ts';
import { shiftToMidnight, tidy } from './tidy-answer.ts';
import { inEnglish } from './verdicts.ts';

/** Seconds since 1970: when the session of recordings began, which is midnight in all of them. */
const [slug, began] = process.argv.slice(2);
const invocation = parseInvocation({}, process.env, process.cwd());
const services = compose(
  { node: process.execPath, terminal: 'dumb', pager: 'cat', signals: process, whileAttached: (work) => work() },
  invocation,
);
const lab = await readLab({ services: () => Promise.resolve(services) }, invocation);
const chapter = chapterOf(lab, slug);
const tidying = { values: lab.workshop.values, shift: shiftToMidnight(Number(began)), near: Number(began) };
const clean = (text: string): string => tidy(text, tidying);

const answers: RecordedAnswer[] = [];
const provider = recordingProvider(lab.provider, (where, { argv, exitStatus, stdout, stderr, timedOut }, input) =>
  answers.push({
    at: where ?? 'seat',
    asked: withInput(argv, input).map((word) => toLines(clean(word))),
    exit: exitStatus,
    out: toLines(clean(stdout)),
    ...(stderr !== '' && { err: toLines(clean(stderr)) }),
    ...(timedOut && { late: true as const }),
  }),
);
const now = Date.now();
const placed = chapter.steps.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
const { signal } = new AbortController();
const results = await awaitChecks({ ...lab, provider, checkKinds, signal }, placed, { kind: 'seconds', seconds: 0 });
const { nodes } = await lab.provider.observe();
const look: Look = {
  said: results.map(inEnglish),
  now: new Date(now + tidying.shift * 1000).toISOString(),
  nodes: Object.fromEntries(nodes),
  start: lab.history.starts.get(chapter.id) ?? null,
  answers,
};
process.stdout.write(JSON.stringify(look));
