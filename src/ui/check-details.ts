import { showOnOneLine } from '../model/show-control-characters.ts';
import { type CheckResult } from '../model/verdict.ts';
import { words, type Language } from '../model/words.ts';
import { type Palette } from './colours.ts';
import { labelledLines, type LabelledText } from './lay-out-text.ts';
import { say } from './say.ts';
import { verdictMark } from './verdict-marks.ts';

const labels = {
  expected: words('expected', 'attendu'),
  seen: words('seen', 'observé'),
  why: words('not seen', 'non observé'),
  cause: words('cause', 'cause'),
  hint: words('hint', 'piste'),
  command: words('command', 'commande'),
};

export interface DetailLook {
  readonly language: Language;
  readonly palette: Palette;
  readonly width: number;
}

/** The title of a check with its verdict, and the node when the title doesn't name it. */
export function checkTitle(result: CheckResult, nodes: readonly string[], look: DetailLook): string {
  const title = showOnOneLine(say(result.title, look.language));
  const unnamed = nodes.filter((node) => !title.includes(node));
  const where = unnamed.length === 0 ? '' : look.palette.dim(` · ${showOnOneLine(unnamed.join(', '))}`);
  return `${verdictMark(result.verdict, look.palette)} ${title}${where}`;
}

/** What was expected and seen, why, what to do, and the command that shows the same. */
export function checkDetails(result: CheckResult, look: DetailLook): string[] {
  const { language, palette, width } = look;
  const entry = (label: keyof typeof labels, text: string | null): LabelledText[] =>
    text === null || text.trim() === ''
      ? []
      : [{ label: say(labels[label], language), text, whole: label === 'command' }];
  return labelledLines(
    [
      ...entry('expected', say(result.expected, language)),
      ...entry(result.verdict === 'unknown' ? 'why' : 'seen', say(result.seen, language)),
      ...entry('cause', result.cause && say(result.cause, language)),
      ...entry('hint', result.hint && say(result.hint, language)),
      ...entry('command', result.command),
    ],
    width,
    palette.dim,
  );
}
