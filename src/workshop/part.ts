// A place in a YAML file together with what stands there, whatever its type. The checks of meaning walk over parts, so
// that a mistake of form in one place doesn't hide what is wrong in another.

import { type Words } from '../model/words.ts';
import { mistakeAt, type Mistake } from './mistake.ts';
import { offsetOfKey, offsetOfValue, type Path, type Source } from './source.ts';

export interface Part {
  readonly source: Source;
  readonly path: Path;
  /** undefined: nothing is there. */
  readonly value: unknown;
}

export function rootOf(source: Source): Part {
  return { source, path: [], value: source.data };
}

export function child(part: Part, key: string): Part {
  const value = isRecord(part.value) && Object.hasOwn(part.value, key) ? part.value[key] : undefined;
  return { source: part.source, path: [...part.path, key], value };
}

/** The key-value pairs of a mapping; none when it isn't one. */
export function entries(part: Part): readonly (readonly [string, Part])[] {
  return isRecord(part.value) ? Object.keys(part.value).map((key) => [key, child(part, key)] as const) : [];
}

/** The items of a list; none when it isn't one. */
export function items(part: Part): readonly Part[] {
  if (!Array.isArray(part.value)) return [];
  return part.value.map((value: unknown, index) => ({ source: part.source, path: [...part.path, index], value }));
}

/** Every text in it that the condition holds for, however deep. */
export function textsIn(part: Part, wanted: (text: string) => boolean): readonly Part[] {
  if (typeof part.value === 'string') return wanted(part.value) ? [part] : [];
  return [...items(part), ...entries(part).map(([, value]) => value)].flatMap((inner) => textsIn(inner, wanted));
}

export function textOf(part: Part): string | undefined {
  return typeof part.value === 'string' ? part.value : undefined;
}

export function mistakeIn(part: Part, message: Words): Mistake {
  return mistakeAt(part.source, offsetOfValue(part.source, part.path), message);
}

export function mistakeInKey(part: Part, message: Words): Mistake {
  return mistakeAt(part.source, offsetOfKey(part.source, part.path), message);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
