import type * as z from 'zod';
import { nearest } from '../model/nearest.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { type Mistake } from './mistake.ts';
import { isRecord, mistakeIn, mistakeInKey, type Part } from './part.ts';
import { schemaKeys } from './schema-keys.ts';
import { shapeWords, type Fault } from './shape-words.ts';
import { type Path } from './source.ts';
import { suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** Does the part have the form that the schema asks for? A file that could not be read as YAML has no form to judge. */
export function checkShape(part: Part, schema: z.ZodType): readonly Mistake[] {
  if (part.source.data === undefined) return [];
  const result = schema.safeParse(part.value);
  if (result.success) return [];
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, []));
  const misspelt = faults.flatMap((fault) => misspeltKeys(fault, part.value, schema));
  return faults
    .filter(({ path }) => !misspelt.includes(path.join('/')))
    .flatMap((fault) => mistakesFor(fault, part, schema));
}

function mistakesFor(fault: Fault, part: Part, schema: z.ZodType): readonly Mistake[] {
  const { issue } = fault;
  const place = descend(part, fault.path);
  if (issue.code === 'unrecognized_keys') {
    const candidates = schemaKeys(schema, fault.path);
    return issue.keys.map((key) => {
      const unknown = words(`the key \`${key}\` is not known here`, `la clé \`${key}\` est inconnue ici`);
      return mistakeInKey(descend(place, [key]), joinWords([unknown, suggest(key, candidates)], ''));
    });
  }
  const message = place.value === undefined ? missing(place.path) : shapeWords(fault, place.value);
  return [fault.isKey ? mistakeInKey(place, message) : mistakeIn(place, message)];
}

function missing(path: Path): Words {
  const key = String(path.at(-1) ?? '');
  const holder = path.at(-2);
  if (typeof holder !== 'string') return words(`\`${key}\` is missing`, `il manque \`${key}\``);
  return words(`\`${key}\` is missing in \`${holder}\``, `il manque \`${key}\` dans \`${holder}\``);
}

/** Paths of missing keys that an unknown key beside them nearly spells: one slip is one mistake, not two. */
function misspeltKeys({ issue, path }: Fault, value: unknown, schema: z.ZodType): readonly string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const holder = path.reduce<unknown>(
    (at, step) => (isRecord(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined),
    value,
  );
  const absent = schemaKeys(schema, path).filter((key) => isRecord(holder) && !Object.hasOwn(holder, key));
  return issue.keys.flatMap((key) => nearest(key, absent) ?? []).map((key) => [...path, key].join('/'));
}

/** An issue may hold others: those of a key, or of the branches of a union. */
function faultsOf(issue: Issue, above: Path): readonly Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_key') return issue.issues.map((inner) => ({ issue: inner, path, isKey: true }));
  if (issue.code === 'invalid_union') {
    const branch = nearestBranch(issue.errors);
    if (branch !== undefined) return branch.flatMap((inner) => faultsOf(inner, path));
  }
  return [{ issue, path, isKey: false }];
}

/** The branch that was meant is the one that got furthest: not refused for its type alone, with the fewest issues. */
function nearestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const entered = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code !== 'invalid_type'),
  );
  return [...entered].sort((a, b) => a.length - b.length)[0];
}

function descend(part: Part, path: Path): Part {
  const value = path.reduce<unknown>(
    (at, step) => (isRecord(at) || Array.isArray(at) ? Reflect.get(at, step) : undefined),
    part.value,
  );
  return { source: part.source, path: [...part.path, ...path], value };
}
