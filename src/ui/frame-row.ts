import { stripVTControlCharacters } from 'node:util';
import { type ItemOutcome } from '../model/events.ts';
import { type CheckResult } from '../model/verdict.ts';
import { words, type Language, type Words } from '../model/words.ts';
import { checkDetails, checkTitle } from './check-details.ts';
import { type Palette } from './colours.ts';
import { formatSeconds } from './format-quantity.ts';
import { padVisible, visibleWidth, wrapLine } from './lay-out-text.ts';
import { say } from './say.ts';

/** One titled line of the live view: a chapter, a line of work, or a notice. */
export interface FrameRow {
  readonly title: Words;
  readonly heading: boolean;
  /** Milliseconds. */
  readonly beganAt: number;
  readonly state: 'running' | 'notice' | ItemOutcome;
  /** How long it took, once it has ended. */
  readonly seconds: number;
  readonly progress: Words | null;
  /** Shown below a row that did not end well. */
  readonly error: Words | null;
  readonly failedChecks: readonly CheckResult[];
}

export interface FrameLook {
  readonly language: Language;
  readonly palette: Palette;
  readonly columns: number;
  /** Milliseconds. */
  readonly now: number;
}

/** Seconds further away than this are hard to match with their line. */
const widest = 100;
/** Room kept for the seconds, so that a title isn't broken anew when they come. */
const secondsRoom = 10;

/** The lines of one row at one moment. `spinner` is what a running row turns. */
export function frameRowLines(row: FrameRow, spinner: string, level: number, look: FrameLook): string[] {
  const indent = '  '.repeat(level);
  // The last column stays free: some terminals break the line when it is written.
  const width = Math.min(look.columns - 1, widest) - indent.length;
  const right = rightText(row, look);
  const room = Math.max(width - 4 - Math.max(secondsRoom, visibleWidth(right)), 10);
  const [head = '', ...more] = wrapLine(titleText(row, look), row.state === 'notice' ? width - 2 : room);
  const icon = rowIcon(row, spinner, look.palette);
  const gap = ' '.repeat(Math.max(0, secondsRoom - visibleWidth(right)));
  const first = right === '' ? head : `${padVisible(head, room)}  ${gap}${look.palette.dim(right)}`;
  return [`${icon} ${first}`, ...more.map((line) => `  ${line}`), ...below(row, width, look)].map(
    (line) => indent + line,
  );
}

/** Not \s, which would also take the spaces that French doesn't break at. */
function oneLine(text: string): string {
  return text.replaceAll(/[ \t\r\n]+/g, ' ');
}

function titleText(row: FrameRow, { language, palette }: FrameLook): string {
  const title = oneLine(say(row.title, language));
  if (row.heading) return palette.bold(title);
  return row.state === 'unchanged' ? palette.dim(title) : title;
}

function rowIcon(row: FrameRow, spinner: string, palette: Palette): string {
  switch (row.state) {
    case 'running':
      // listr2 colours it by its own idea of the terminal.
      return palette.cyan(stripVTControlCharacters(spinner));
    case 'notice':
      return palette.cyan('·');
    case 'done':
      return palette.green('✔');
    case 'unchanged':
      return palette.dim('✔');
    case 'failed':
      return palette.red('✘');
    case 'interrupted':
      return palette.yellow('■');
  }
}

function rightText(row: FrameRow, { language, now }: FrameLook): string {
  switch (row.state) {
    case 'notice':
      return '';
    case 'unchanged':
      return say(words('nothing to do', 'rien à faire'), language);
    case 'running': {
      // A moment's work needs no clock; a longer one shows whole seconds, which don't flicker.
      const whole = Math.floor((now - row.beganAt) / 1000);
      return whole < 1 ? '' : formatSeconds(whole, language).replace(/[.,]0 /, ' ');
    }
    case 'interrupted':
      return say(words('interrupted', 'interrompu'), language);
    case 'done':
    case 'failed':
      return formatSeconds(row.seconds, language);
  }
}

function below(row: FrameRow, width: number, look: FrameLook): string[] {
  const { language, palette } = look;
  if (row.state === 'running') {
    if (row.progress === null) return [];
    const [line = ''] = wrapLine(oneLine(say(row.progress, language)), width - 4);
    return [palette.dim(`  › ${line}`)];
  }
  const inner = { language, palette, width: width - 4 };
  const checks = row.failedChecks.flatMap((check) => [
    ...wrapLine(checkTitle(check, check.node === null ? [] : [check.node], inner), width - 2).map(
      (line) => `  ${line}`,
    ),
    ...checkDetails(check, inner).map((line) => `    ${line}`),
  ]);
  // The failed checks say it better than the sentence that only sums them up.
  if (checks.length > 0 || row.error === null) return checks;
  return say(row.error, language)
    .split('\n')
    .flatMap((line) => wrapLine(line, width - 2))
    .map((line) => `  ${line}`);
}
