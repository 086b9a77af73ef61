// A parsed YAML document as a plain tree in which every key knows its line.

import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node as YamlNode,
  type Pair,
} from 'yaml';

export interface ConfigurationEntry {
  /** Its key; of an item of a list its number, of the whole document ''. */
  readonly key: string;
  /** The keys that lead to it: `bootstrap.dcs.ttl`. */
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  readonly kind: 'mapping' | 'list' | 'scalar';
  /** As Patroni's YAML 1.1 reads it: `on` is true. */
  readonly value: unknown;
  readonly children: readonly ConfigurationEntry[];
}

/** The entry that the keys lead to, one after the other; of a key that stands twice the last one, as Patroni takes it. */
export function entryAt(
  entry: ConfigurationEntry | undefined,
  ...keys: readonly string[]
): ConfigurationEntry | undefined {
  return keys.reduce<ConfigurationEntry | undefined>(
    (inside, key) => (inside?.kind === 'mapping' ? inside.children.findLast((child) => child.key === key) : undefined),
    entry,
  );
}

/** A scalar as text: `5434` and `"5434"` are the same. undefined for nothing, a mapping or a list. */
export function textOf(entry: ConfigurationEntry | undefined): string | undefined {
  if (entry?.kind !== 'scalar') return undefined;
  const { value } = entry;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : undefined;
}

/** The lines of a list of texts, as pg_hba. Empty for anything else. */
export function textsOf(
  entry: ConfigurationEntry | undefined,
): readonly { readonly line: number; readonly text: string }[] {
  if (entry?.kind !== 'list') return [];
  return entry.children.flatMap((item) => {
    const text = textOf(item);
    return text === undefined ? [] : [{ line: item.line, text }];
  });
}

export function toEntry(document: Document, lines: LineCounter): ConfigurationEntry {
  const convert = (node: unknown, key: string, path: string, line: number): ConfigurationEntry => {
    const place = { key, path, line };
    const target = isAlias(node) ? node.resolve(document) : node;
    if (isMap(target)) {
      const children = target.items.flatMap((pair) => convertPair(pair, path, line));
      return { ...place, kind: 'mapping', value: undefined, children };
    }
    if (isSeq(target)) {
      const children = target.items.map((item, index) =>
        convert(item, String(index), join(path, String(index)), lineOf(item, lines) ?? line),
      );
      return { ...place, kind: 'list', value: undefined, children };
    }
    return { ...place, kind: 'scalar', value: isScalar(target) ? target.value : null, children: [] };
  };
  const convertPair = (pair: Pair, path: string, around: number): readonly ConfigurationEntry[] => {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const entry = convert(pair.value, key, join(path, key), lineOf(pair.key, lines) ?? around);
    // `<<: *defaults` stands for what is in there.
    return key === '<<' ? entry.children : [entry];
  };
  return convert(document.contents, '', '', 1);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function lineOf(node: unknown, lines: LineCounter): number | undefined {
  const start = (node as YamlNode | null)?.range?.[0];
  return start === undefined ? undefined : lines.linePos(start).line;
}
