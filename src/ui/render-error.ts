import { exitStatus, LabError } from '../model/errors.ts';
import { type RunFailure } from '../model/run-failure.ts';
import { verbatim, words, type Words } from '../model/words.ts';
import { createPalette, type Palette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { labelledLines, wrapLine, type LabelledText } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

/** Goes to standard error in every format, so that standard output stays what a script expects. */
export interface ErrorPage extends Page {
  /** After a verb that changes the lab: the state it is in. */
  readonly failure?: RunFailure | undefined;
  /** For the page about a fault in lab: what was typed, and which version. */
  readonly command?: string;
  readonly version?: string;
}

/**
 * A LabError: what happened, why, what to do; for a change also what is done and untouched. Anything else is a fault in
 * lab: the stack and what to report.
 */
export function renderError(error: unknown, page: ErrorPage): void {
  if (page.format === 'json') page.write(errorAsJson(error, page));
  else page.write(error instanceof LabError ? errorText(error, page) : faultText(error, page));
}

function errorAsJson(error: unknown, { failure }: ErrorPage): string {
  const known = error instanceof LabError;
  return jsonLine({
    error: {
      code: known ? error.code : 'internal',
      message: known ? error.what : messageOf(error),
      cause: causeOf(error),
      hint: known ? (error.hint ?? null) : null,
      exit: known ? error.exit : exitStatus.internal,
      ...(known ? {} : { stack: stackOf(error) }),
      ...(failure === undefined ? {} : { failure }),
    },
  });
}

function errorText(error: LabError, page: ErrorPage): string {
  const { language } = page;
  const palette = createPalette(page.colour);
  const interrupted = error.exit === exitStatus.interrupted;
  const mark = interrupted ? palette.yellow('■') : palette.red('✘');
  const cause = causeOf(error);
  const entries = [
    ...(cause === null ? [] : [entry(labels.why, cause, page)]),
    ...(error.hint === undefined ? [] : [entry(labels.hint, error.hint, page)]),
    ...failureEntries(page),
    // Needed to search for it and to report it, not to understand it.
    { label: 'code', text: palette.dim(error.code) },
  ];
  return [
    ...headLines(mark, say(error.what, language), page, palette),
    '',
    ...indented(entries, page, palette),
    '',
  ].join('\n');
}

function faultText(error: unknown, page: ErrorPage): string {
  const { language } = page;
  const palette = createPalette(page.colour);
  const sorry = words(
    'This is a fault in lab, not something that you did. Please report it with what follows.',
    "Il s'agit d'un défaut de lab, pas d'une erreur de votre part. Merci de le signaler avec ce qui suit.",
  );
  const entries = [
    ...(page.command === undefined
      ? []
      : [{ label: say(labels.command, language), text: shown(page.command), whole: true }]),
    ...(page.version === undefined ? [] : [{ label: say(labels.version, language), text: shown(page.version) }]),
    ...failureEntries(page),
  ];
  return [
    ...headLines(palette.red('✘'), messageOf(error), page, palette),
    ...wrapLine(`  ${say(sorry, language)}`, pageWidth(page)),
    '',
    ...indented(entries, page, palette),
    ...(entries.length === 0 ? [] : ['']),
    ...shown(stackOf(error))
      .split('\n')
      .map((line) => palette.dim(`  ${line}`)),
    '',
  ].join('\n');
}

const labels = {
  why: words('why', 'pourquoi'),
  hint: words('what to do', 'que faire'),
  stoppedAt: words('stopped at', 'arrêt à'),
  done: words('done', 'fait'),
  untouched: words('untouched', 'intact'),
  next: words('to go on', 'pour continuer'),
  transcript: words('transcript', 'transcription'),
  command: words('command', 'commande'),
  version: words('version', 'version'),
};

function failureEntries(page: ErrorPage): LabelledText[] {
  const { failure, language } = page;
  if (failure === undefined) return [];
  const list = (label: Words, items: readonly Words[]): LabelledText[] =>
    items.length === 0
      ? []
      : [{ label: say(label, language), text: shown(items.map((item) => say(item, language)).join(' · ')) }];
  return [
    entry(labels.stoppedAt, failure.stoppedAt, page),
    ...list(labels.done, lastOf(failure.done)),
    ...list(labels.untouched, firstOf(failure.untouched)),
    entry(labels.next, failure.next, page),
    { ...entry(labels.transcript, verbatim(failure.transcript), page), whole: true },
  ];
}

/** A later chapter has dozens of both: those next to where it stopped are told, the others counted. JSON has them all. */
const told = 4;

function lastOf(items: readonly Words[]): readonly Words[] {
  const left = items.length - told;
  return left > 1 ? [words(`${left} others`, `${left} autres`), ...items.slice(-told)] : items;
}

function firstOf(items: readonly Words[]): readonly Words[] {
  const left = items.length - told;
  return left > 1 ? [...items.slice(0, told), words(`${left} others`, `${left} autres`)] : items;
}

function entry(label: Words, text: Words, { language }: ErrorPage): LabelledText {
  return { label: say(label, language), text: shown(say(text, language)) };
}

function headLines(mark: string, what: string, page: ErrorPage, palette: Palette): string[] {
  const [head = '', ...more] = shown(what)
    .split('\n')
    .flatMap((line) => wrapLine(line, pageWidth(page) - 2));
  return [`${mark} ${palette.bold(head)}`, ...more.map((line) => `  ${palette.bold(line)}`)];
}

function indented(entries: readonly LabelledText[], page: ErrorPage, palette: Palette): string[] {
  return labelledLines(entries, pageWidth(page) - 2, palette.cyan).map((line) => `  ${line}`);
}

function causeOf(error: unknown): Words | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof LabError) return cause.what;
  return cause instanceof Error && cause.message !== '' ? verbatim(cause.message) : null;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : `thrown: ${String(error)}`;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error);
}
