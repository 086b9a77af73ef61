import { LineCounter, parseDocument, type ErrorCode } from 'yaml';
import { words } from '../../model/words.ts';
import { toEntry, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, silentlyWrong, type FindingDraft } from './finding.ts';

/** The tree is null when the text can't be read as YAML; the findings then say why. */
export interface ParsedConfiguration {
  readonly root: ConfigurationEntry | null;
  readonly findings: readonly FindingDraft[];
}

/** As Patroni reads it: YAML 1.1. A key that stands twice is an error here; Patroni takes the last one and says nothing. */
export function parseConfiguration(text: string): ParsedConfiguration {
  const lines = new LineCounter();
  const document = parseDocument(text, { version: '1.1', lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const errors = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  const doubles = document.errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map((error) => duplicate(error, text, lines));
  const first = errors[0];
  if (first !== undefined) return { root: null, findings: [syntax(first, text, lines)] };
  const root = toEntry(document, lines);
  return root.kind === 'mapping' ? { root, findings: doubles } : { root: null, findings: [nothingInside()] };
}

/** Of a YAMLParseError. */
interface YamlMistake {
  readonly code: ErrorCode;
  readonly message: string;
  readonly pos: readonly [number, number];
}

function duplicate(error: YamlMistake, text: string, lines: LineCounter): FindingDraft {
  const key = /^[^\s:]+/.exec(text.slice(error.pos[0]))?.[0] ?? '';
  return silentlyWrong(
    'duplicate-key',
    lines.linePos(error.pos[0]),
    words(
      `\`${key}\` stands twice in the same section: the last one wins, and nobody is told`,
      `\`${key}\` figure deux fois dans la même section : la dernière l'emporte, sans un mot`,
    ),
    words(`Keep one \`${key}\`.`, `Ne gardez qu'un seul \`${key}\`.`),
  );
}

function syntax(error: YamlMistake, text: string, lines: LineCounter): FindingDraft {
  const place = lines.linePos(error.pos[0]);
  const tab = text.split('\n').findIndex((line) => /^ *\t/.test(line)) + 1;
  if (tab > 0) {
    return blocking(
      'yaml-tab',
      { line: tab },
      words(
        'the line is indented with a tab, which YAML does not allow',
        'la ligne est indentée par une tabulation, ce que YAML interdit',
      ),
      words('Indent with spaces.', 'Indentez avec des espaces.'),
    );
  }
  const deeper = deeperLine(text.split('\n'), place.line, error.code);
  if (deeper !== null) {
    return blocking(
      'yaml-indentation',
      { line: deeper },
      words(
        'the line begins further right than the one above it, which already has its value',
        'la ligne commence plus à droite que la précédente, qui a déjà sa valeur',
      ),
      words(
        'Keys of one section begin in the same column.',
        "Les clés d'une même section commencent à la même colonne.",
      ),
    );
  }
  const said = error.message.split('\n')[0] ?? error.code;
  return blocking(
    'yaml-syntax',
    place,
    words(`this is not valid YAML (${said})`, `ce n'est pas du YAML valide (${said})`),
    words(
      'Keys of one section begin in the same column, and a colon is followed by a space.',
      "Les clés d'une même section commencent à la même colonne, et un deux-points est suivi d'une espace.",
    ),
  );
}

/** The parser complains about `a: 1`, and the mistake is the line below it. */
function deeperLine(lines: readonly string[], line: number, code: ErrorCode): number | null {
  const [here = '', below = ''] = lines.slice(line - 1, line + 1);
  const deeper = /^ */.exec(below)?.[0].length ?? 0;
  const isKey = /^ *[\w-]+:( |$)/.test(below);
  return code === 'BLOCK_AS_IMPLICIT_KEY' && isKey && deeper > here.search(/\S/) ? line + 1 : null;
}

function nothingInside(): FindingDraft {
  return blocking(
    'no-sections',
    { line: 1 },
    words('the file holds no sections', 'le fichier ne contient aucune section'),
    words(
      'It begins with `scope:` and `name:`, then `restapi:`, `etcd3:`, `bootstrap:` and `postgresql:`.',
      'Il commence par `scope:` et `name:`, puis `restapi:`, `etcd3:`, `bootstrap:` et `postgresql:`.',
    ),
  );
}
