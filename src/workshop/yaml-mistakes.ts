import { visit, type Document, type YAMLError } from 'yaml';
import { words, type Words } from '../model/words.ts';
import { mistakeAt, type Mistake } from './mistake.ts';

/**
 * What the YAML parser found wrong. After the first thing that it can't understand the rest is guesswork, so only that
 * one is said; a key given twice leaves the file readable. `fatal`: the content is not to be looked at.
 */
export function yamlMistakes(
  file: string,
  text: string,
  document: Document.Parsed,
): { readonly fatal: boolean; readonly mistakes: readonly Mistake[] } {
  const twice = document.errors.filter((error) => error.code === 'DUPLICATE_KEY');
  const others = [...document.errors, ...document.warnings].filter((error) => error.code !== 'DUPLICATE_KEY');
  // Braces without quotes cause several errors; the one about them is the one that helps.
  const first = others.find((error) => isUnquotedTemplate(error, text)) ?? others[0];
  const said = first === undefined ? twice : [...twice, first];
  return {
    fatal: first !== undefined,
    mistakes: said.map((error) => mistakeAt({ file, text }, offsetOf(error, document), messageFor(error, text))),
  };
}

function isUnquotedTemplate(error: YAMLError, text: string): boolean {
  return error.code === 'NON_STRING_KEY' && text.startsWith('{{', error.pos[0] - 1);
}

/** The parser notices a missing quote at the end of the file; the text began where the quote is. */
function offsetOf(error: YAMLError, document: Document.Parsed): number {
  let offset = error.pos[0];
  if (!/^Missing closing .quote/.test(error.message)) return offset;
  visit(document, {
    Scalar: (_key, { range }) => {
      if (range && range[0] < error.pos[0] && error.pos[0] <= range[1]) offset = range[0];
    },
  });
  return offset;
}

function messageFor(error: YAMLError, text: string): Words {
  if (isUnquotedTemplate(error, text)) {
    return words('a value with `{{ … }}` needs quotes around it', 'une valeur avec `{{ … }}` se met entre guillemets');
  }
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^[\w.-]+/.exec(text.slice(error.pos[0]))?.[0] ?? '';
    return words(`\`${key}\` is given twice`, `\`${key}\` est donné deux fois`);
  }
  const plain = plainWords[error.code] ?? plainByMessage.find(([pattern]) => pattern.test(error.message))?.[1];
  if (plain !== undefined) return plain;
  const what = error.message.charAt(0).toLowerCase() + error.message.slice(1);
  return words(`this is not YAML: ${what}`, `ceci n'est pas du YAML (l'analyseur dit : ${what})`);
}

/** For the errors that people meet; the others keep the parser's own English. */
const plainWords: Partial<Record<YAMLError['code'], Words>> = {
  TAB_AS_INDENT: words(
    'YAML is indented with spaces, not with tabs',
    "YAML s'indente avec des espaces, pas des tabulations",
  ),
  BLOCK_AS_IMPLICIT_KEY: words(
    'this text holds `: `, which YAML takes for a key; put the text in quotes',
    'ce texte contient `: `, que YAML prend pour une clé ; mettez-le entre guillemets',
  ),
  BAD_SCALAR_START: words(
    'a text that begins with this character needs quotes around it',
    'un texte qui commence par ce caractère se met entre guillemets',
  ),
  MULTIPLE_DOCS: words(
    'a second document begins here; one file holds one',
    'un second document commence ici ; il en faut un par fichier',
  ),
  TAG_RESOLVE_FAILED: words(
    'tags (`!name`) are not used in these files',
    "les étiquettes (`!nom`) n'ont pas cours dans ces fichiers",
  ),
  NON_STRING_KEY: words('a key has to be plain text', 'une clé doit être un simple texte'),
  MULTILINE_IMPLICIT_KEY: words('a `:` is missing after this key', 'il manque `:` après cette clé'),
};

const plainByMessage: readonly (readonly [RegExp, Words])[] = [
  [/^Missing closing .quote/, words('this quote is not closed', "ce guillemet n'est pas fermé")],
  [
    /must be sufficiently indented and end with a/,
    words('a `{` or `[` before this is not closed', "un `{` ou un `[` ouvert avant n'est pas fermé"),
  ],
  [
    /All (mapping|sequence|collection) items must start at the same column/,
    words(
      'this line is indented differently from those it belongs to',
      "cette ligne n'a pas le même retrait que les autres du même niveau",
    ),
  ],
];
