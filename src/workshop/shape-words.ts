// What zod says of a value's form, in plain words.

import type * as z from 'zod';
import { nearest } from '../model/nearest.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { formats } from './formats.ts';
import { isRecord } from './part.ts';
import { type Path } from './source.ts';
import { didYouMean, listed } from './suggest.ts';

/** One thing that zod found, at its place below the part that was looked at. */
export interface Fault {
  readonly issue: z.core.$ZodIssue;
  readonly path: Path;
  /** It is about the key itself, not about its value. */
  readonly isKey: boolean;
}

export function shapeWords({ issue, path, isKey }: Fault, value: unknown): Words {
  const subject = isKey ? verbatim(`\`${String(path.at(-1))}\``) : subjectOf(path);
  return joinWords([subject, predicate(issue, isKey ? undefined : value)], ' ');
}

function subjectOf(path: Path): Words {
  const last = path.at(-1);
  if (last === undefined) return words('this', 'ceci');
  if (typeof last !== 'number') return verbatim(`\`${String(last)}\``);
  const list = path.findLast((step) => typeof step !== 'number');
  const number = String(last + 1);
  if (list === undefined) return words(`item ${number}`, `l'élément ${number}`);
  return words(`item ${number} of \`${String(list)}\``, `l'élément ${number} de \`${String(list)}\``);
}

function predicate(issue: z.core.$ZodIssue, value: unknown): Words {
  if (value === null) return words('is empty', 'est vide');
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, value);
    case 'invalid_value':
      return oneOf(issue.values.map(String), value);
    case 'invalid_format':
      return wrongFormat(issue, value);
    case 'too_small':
      return tooSmall(issue);
    case 'too_big':
      return words(`may be ${String(issue.maximum)} at most`, `ne peut dépasser ${String(issue.maximum)}`);
    case 'invalid_union':
      return noBranch(issue, value);
    case 'custom':
      return verbatim(`: ${issue.message}`);
    default:
      return words('does not fit here', 'ne convient pas ici');
  }
}

function wrongType(expected: string, value: unknown): Words {
  const wanted = typeWords[expected] ?? verbatim(expected);
  const given = typeWords[typeOf(value)] ?? verbatim(typeOf(value));
  const quotes = expected === 'string' && typeof value !== 'object';
  return words(
    `has to be ${wanted.en}, and this is ${given.en}${quotes ? ': put it in quotes' : ''}`,
    `doit être ${wanted.fr}, or c'est ${given.fr}${quotes ? ' : mettez-le entre guillemets' : ''}`,
  );
}

const typeWords: Readonly<Record<string, Words>> = {
  string: words('text', 'un texte'),
  number: words('a number', 'un nombre'),
  int: words('a whole number', 'un nombre entier'),
  boolean: words('true or false', 'une valeur vrai ou faux'),
  array: words('a list', 'une liste'),
  object: words('a mapping (`key: value`)', 'une suite de `clé: valeur`'),
  record: words('a mapping (`key: value`)', 'une suite de `clé: valeur`'),
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isRecord(value) ? 'object' : typeof value;
}

function oneOf(values: readonly string[], value: unknown): Words {
  if (values.length === 1) return words(`has to be ${listed(values)}`, `doit être ${listed(values)}`);
  const must = words(`has to be one of ${listed(values)}`, `doit être l'un de ${listed(values)}`);
  const near = typeof value === 'string' ? nearest(value, values) : undefined;
  return near === undefined ? must : joinWords([must, didYouMean(near)], '');
}

/** A key is its own value: it isn't said again. */
function wrongFormat(issue: z.core.$ZodIssueInvalidStringFormat, value: unknown): Words {
  const { en, fr } = formatWords(issue);
  if (typeof value !== 'string') return words(`has to be ${en}`, `doit être ${fr}`);
  return words(`has to be ${en}, and is \`${value}\``, `doit être ${fr}, et vaut \`${value}\``);
}

function formatWords(issue: z.core.$ZodIssueInvalidStringFormat): Words {
  const known = formats[issue.message] ?? formats[issue.format];
  if (known !== undefined) return known;
  if (issue.format === 'starts_with' && 'prefix' in issue) {
    const prefix = String(issue.prefix);
    return words(`something that begins with \`${prefix}\``, `quelque chose qui commence par \`${prefix}\``);
  }
  const pattern = issue.pattern ?? issue.format;
  return words(`of the form \`${pattern}\``, `de la forme \`${pattern}\``);
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): Words {
  const minimum = String(issue.minimum);
  if (issue.origin === 'number' || issue.origin === 'int') {
    return words(`has to be at least ${minimum}`, `doit être au moins ${minimum}`);
  }
  if (minimum === '1') return words('is empty', 'est vide');
  return words(`needs at least ${minimum} items`, `doit compter au moins ${minimum} éléments`);
}

function noBranch(issue: z.core.$ZodIssueInvalidUnion, value: unknown): Words {
  if ('options' in issue) return oneOf(issue.options.map(String), value);
  const expected = issue.errors.flatMap((errors) =>
    errors.flatMap((error) => (error.code === 'invalid_type' ? [error.expected] : [])),
  );
  const wanted = [...new Set(expected)].map((type) => typeWords[type] ?? verbatim(type));
  if (wanted.length === 0) return words('does not fit here', 'ne convient pas ici');
  const either: Words = { en: wanted.map(({ en }) => en).join(' or '), fr: wanted.map(({ fr }) => fr).join(' ou ') };
  return words(`has to be ${either.en}`, `doit être ${either.fr}`);
}
