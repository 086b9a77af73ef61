import { stepKey } from '../model/lab-history.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type VerifyReport } from '../model/verify-report.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { chapterHeading } from './chapter-heading.ts';
import { checkDetails, checkTitle, type DetailLook } from './check-details.ts';
import { checksByStep } from './checks-by-step.ts';
import { createPalette } from './colours.ts';
import { formatSeconds } from './format-quantity.ts';
import { wrapLine } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';

const detailIndent = '      ';

/** The report for people: checks under their steps, the failed ones explained, the sum at the end. */
export function verdictsAsText(
  report: VerifyReport,
  page: Page & { readonly explain?: boolean; readonly all?: boolean },
): string {
  const palette = createPalette(page.colour);
  const width = pageWidth(page);
  const look: DetailLook = { language: page.language, palette, width: width - detailIndent.length };
  const { explain = false, all = false } = page;
  const waiting = new Set(all ? [] : report.notBegun);
  const head = [palette.bold(say(headline(report), page.language)), ''];
  const told = all || explain ? null : new Set<string>();
  const steps = checksByStep(report).flatMap((step) =>
    waiting.has(step.key)
      ? []
      : [
          ...wrapLine(palette.bold(say(step.title, page.language)), width),
          ...alike(step.checks, explain).flatMap((group) => groupLines(group, look, width, explain, told)),
          '',
        ],
  );
  const replaced = titlesLine(
    words('Not looked at, as a later chapter replaced it:', "Non vérifié, car un chapitre suivant l'a remplacé :"),
    report.replaced,
    page,
  );
  const notBegun = titlesLine(
    words(
      'Not begun yet (lab verify --all looks ahead):',
      'Pas encore commencé (lab verify --all regarde plus loin) :',
    ),
    [...waiting].map((key) => report.stepTitles[key] ?? verbatim(key)),
    page,
  );
  const next = report.next === null ? [] : wrapLine(say(report.next, page.language), width);
  const looked = report.checks.filter(({ chapter, step }) => !waiting.has(stepKey(chapter, step)));
  return [...head, ...steps, ...replaced, ...notBegun, sumLine(report, looked, page), ...next, ''].join('\n');
}

function titlesLine(what: Words, titles: readonly Words[], page: Page): readonly string[] {
  if (titles.length === 0) return [];
  const line = joinWords([what, joinWords(titles, ' · ')], ' ');
  return [...wrapLine(say(line, page.language), pageWidth(page)), ''];
}

function headline(report: VerifyReport): Words {
  const where = verbatim(`lab ${report.lab} · ${report.edition}`);
  return joinWords([chapterHeading(report.chapter, report.chapterTitle), where], ' · ');
}

/** What passes on several nodes is one line; whatever is explained has its own. */
function alike(checks: readonly CheckResult[], explain: boolean): CheckResult[][] {
  const groups = new Map<string, CheckResult[]>();
  checks.forEach((check, index) => {
    const own = explain || check.verdict !== 'pass';
    const key = own ? String(index) : `${check.id} ${check.title.en}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  });
  return [...groups.values()];
}

/** `told`: the causes that were told above, each once; null tells them wherever they show. */
function groupLines(
  group: readonly CheckResult[],
  look: DetailLook,
  width: number,
  explain: boolean,
  told: Set<string> | null,
): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const nodes = group.flatMap(({ node }) => node ?? []);
  const [head = '', ...more] = wrapLine(checkTitle(first, nodes, look), width - 4);
  const title = [`  ${head}`, ...more.map((line) => `    ${line}`)];
  if (first.verdict === 'pass' && !explain) return title;
  const cause = first.cause?.en;
  if (cause !== undefined && told?.has(cause))
    return [...title, detailIndent + look.palette.dim(say(sameCause, look.language))];
  if (cause !== undefined) told?.add(cause);
  return [...title, ...checkDetails(first, look).map((line) => detailIndent + line)];
}

const sameCause = words('for the same cause as above', 'pour la même cause que plus haut');

/** Of the checks that were told about. */
function sumLine(report: VerifyReport, told: readonly CheckResult[], page: Page): string {
  const { language } = page;
  const palette = createPalette(page.colour);
  const total = told.length;
  const [pass, fail, unknown] = (['pass', 'fail', 'unknown'] as const).map(
    (verdict) => told.filter((check) => check.verdict === verdict).length,
  ) as [number, number, number];
  const time = formatSeconds(report.seconds, language);
  if (total === 0)
    return say(
      words('There is nothing to check in this chapter yet.', "Il n'y a encore rien à vérifier dans ce chapitre."),
      language,
    );
  if (report.passed) return palette.green(say(allPass(total, time), language));
  const counted = words(
    `${String(total)} ${total === 1 ? 'check' : 'checks'} in ${time}: ${String(pass)} passed, ${String(fail)} failed, ${String(unknown)} could not be observed.`,
    `${plural(total, 'vérification')} en ${time}\u00a0: ${plural(pass, 'réussie')}, ${plural(fail, 'échouée')}, ${plural(unknown, 'non observée')}.`,
  );
  return (fail > 0 ? palette.red : palette.yellow)(say(counted, language));
}

function allPass(total: number, time: string): Words {
  return total === 1
    ? words(`The only check passed (${time}).`, `La seule vérification est réussie (${time}).`)
    : words(
        `All ${String(total)} checks passed (${time}).`,
        `Les ${String(total)} vérifications sont réussies (${time}).`,
      );
}

function plural(count: number, frenchWord: string): string {
  return `${String(count)} ${frenchWord}${count >= 2 ? 's' : ''}`;
}
