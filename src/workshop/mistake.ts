import { exitStatus, LabError } from '../model/errors.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';

/** Something in a workshop's files that has to be corrected. Lines and columns count from 1. */
export interface Mistake {
  /** As the workshop's folder was given, with the path below it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: Words;
}

interface Text {
  readonly file: string;
  readonly text: string;
}

export function mistakeAt({ file, text }: Text, offset: number, message: Words): Mistake {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { file, line: before.split('\n').length, column: offset - lineStart + 1, message };
}

export function missingFile(file: string): Mistake {
  return { file, line: 1, column: 1, message: words('this file is missing', 'ce fichier manque') };
}

/** By file, line and column, each said once. */
function sortMistakes(mistakes: readonly Mistake[]): readonly Mistake[] {
  const said = new Map(mistakes.map((mistake) => [lineOf(mistake).en, mistake]));
  return [...said.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.message.en, b.message.en),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `workshop-invalid`, exit status 3; its text has a heading and then a line for each mistake. */
export function workshopInvalid(mistakes: readonly Mistake[]): LabError {
  const sorted = sortMistakes(mistakes);
  const count = String(sorted.length);
  const heading =
    sorted.length === 1
      ? words("One place to correct in the workshop's files:", "Un endroit à corriger dans les fichiers de l'atelier :")
      : words(
          `${count} places to correct in the workshop's files:`,
          `${count} endroits à corriger dans les fichiers de l'atelier :`,
        );
  return new LabError('workshop-invalid', joinWords([heading, ...sorted.map(lineOf)], '\n'), {
    exit: exitStatus.invalidWorkshop,
    hint: words(
      'Nothing was started. Correct the files and give the command again.',
      "Rien n'a été lancé. Corrigez les fichiers, puis relancez la commande.",
    ),
  });
}

function lineOf({ file, line, column, message }: Mistake): Words {
  return joinWords([verbatim(`${file}:${String(line)}:${String(column)}`), message], ': ');
}
