import { checkKinds } from '../checks/registry.ts';
import { awaitChecks } from '../engine/await-checks.ts';
import { exitStatus } from '../model/errors.ts';
import { stepKey } from '../model/lab-history.ts';
import { redactResult } from '../model/redact-event.ts';
import { createRedaction, workshopSecrets } from '../model/redaction.ts';
import { replacedSteps } from '../model/replaced-steps.ts';
import { stepsNotBegun } from '../model/steps-not-begun.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type VerifyReport } from '../model/verify-report.ts';
import { type Chapter } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { reportVerdicts } from '../ui/report-verdicts.ts';
import { chooseFormat, type Invocation } from './invocation.ts';
import { nextAfterVerify } from './next-after-verify.ts';
import { noteSeenDone } from './note-seen-done.ts';
import { chapterOf, readLab, type ReadLab } from './read-lab.ts';
import { parseSeconds } from './parse-seconds.ts';
import { type Verb } from './services.ts';

export interface VerifyOptions {
  readonly wait?: string;
  readonly explain?: boolean;
  readonly all?: boolean;
}

const verifyFormats = ['pretty', 'plain', 'json', 'junit', 'tap'] as const;

export const verify: Verb<[chapter: string | undefined, options: VerifyOptions]> = async (
  world,
  invocation,
  named,
  options,
) => {
  const format = chooseFormat(invocation, verifyFormats, world.stdout.isTTY === true ? 'pretty' : 'plain');
  const patience = { kind: 'asked', seconds: options.wait === undefined ? 0 : parseSeconds(options.wait) } as const;
  const lab = await readLab(world, invocation);
  const chapter = chapterOf(lab, named);
  const started = performance.now();
  const replaced = replacedSteps(lab.workshop, lab.history);
  const looked = chapter.steps.filter(({ id }) => !replaced.has(stepKey(chapter.id, id)));
  const placed = looked.flatMap((step) => step.checks.map((check) => ({ chapter, step, check })));
  const judged = await awaitChecks({ ...lab, checkKinds, signal: world.signal }, placed, patience);
  const redaction = createRedaction(workshopSecrets(lab.workshop));
  const checks = judged.map((result) => redactResult(result, redaction));
  world.signal.throwIfAborted();
  const report = toReport(invocation, lab, chapter, checks, (performance.now() - started) / 1000);
  await noteSeenDone(world, invocation, lab, chapter, judged);
  const { language } = invocation;
  const { colour, stdout } = world;
  const { explain = false, all = false } = options;
  reportVerdicts(report, {
    format,
    language,
    colour,
    explain,
    all,
    columns: stdout.columns,
    write: (text) => stdout.write(text),
  });
  if (report.counts.fail > 0) return exitStatus.failed;
  return report.counts.unknown > 0 ? exitStatus.hostCannot : exitStatus.done;
};

function toReport(
  invocation: Invocation,
  lab: ReadLab,
  chapter: Chapter,
  checks: readonly CheckResult[],
  seconds: number,
): VerifyReport {
  const count = (verdict: CheckResult['verdict']): number => checks.filter((check) => check.verdict === verdict).length;
  const counts = { pass: count('pass'), fail: count('fail'), unknown: count('unknown') };
  const replaced = replacedSteps(lab.workshop, lab.history);
  const titles = chapter.steps.map(({ id }) => {
    const title = words(chapter.words.en.steps[id]?.title ?? id, chapter.words.fr.steps[id]?.title ?? id);
    return [stepKey(chapter.id, id), title] as const;
  });
  return {
    lab: invocation.lab,
    edition: lab.edition.name,
    chapter: chapter.id,
    chapterTitle: words(chapter.words.en.title, chapter.words.fr.title),
    passed: counts.pass === checks.length,
    counts,
    seconds,
    checks,
    replaced: titles.filter(([key]) => replaced.has(key)).map(([, title]) => title),
    notBegun: stepsNotBegun(chapter, checks, lab.history),
    next: nextAfterVerify(lab.workshop, lab.history, chapter, counts),
    stepTitles: Object.fromEntries(titles),
  };
}
