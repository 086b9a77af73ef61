// One YAML file: what it holds, and where each part of it stands.

import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit, type Document, type Node } from 'yaml';
import { words } from '../model/words.ts';
import { mistakeAt, missingFile, type Mistake } from './mistake.ts';
import { yamlMistakes } from './yaml-mistakes.ts';

export type Path = readonly PropertyKey[];

export interface Source {
  readonly file: string;
  readonly text: string;
  /** undefined when there is no such file, or it is not YAML: nothing is known of its content then. */
  readonly data: unknown;
  readonly mistakes: readonly Mistake[];
  readonly document: Document.Parsed;
}

export function parseSource(file: string, given: string | undefined): Source {
  const text = given ?? '';
  // Without stringKeys an unquoted {{ name }} would silently become a mapping with a mapping as its key.
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, logLevel: 'error' });
  if (given === undefined) return { file, text, data: undefined, mistakes: [missingFile(file)], document };
  const { fatal, mistakes } = yamlMistakes(file, text, document);
  if (fatal) return { file, text, data: undefined, mistakes, document };
  try {
    return { file, text, data: document.toJS() ?? {}, mistakes, document };
  } catch (error) {
    // An alias (*name) that leads to nothing, or to very much.
    if (!(error instanceof ReferenceError)) throw error;
    const lost = findNode(document, (node) => isAlias(node) && node.resolve(document) === undefined);
    const message = words('this alias leads to nothing that can be used', "cet alias ne mène à rien d'utilisable");
    return {
      file,
      text,
      data: undefined,
      mistakes: [mistakeAt({ file, text }, lost?.range?.[0] ?? 0, message)],
      document,
    };
  }
}

function findNode(document: Document.Parsed, wanted: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined;
  visit(document, {
    Node: (_key, node) => {
      if (!wanted(node)) return undefined;
      found = node;
      return visit.BREAK;
    },
  });
  return found;
}

/** Where the value stands; for one that isn't there, or is empty, its key or what should hold it. */
export function offsetOfValue(source: Source, path: Path): number {
  const { node, key } = find(source, path);
  const written = node !== undefined && !(isScalar(node) && node.value === null && node.source === '');
  return (written ? node.range?.[0] : key?.range?.[0]) ?? 0;
}

/** Where the last key of the path stands, or the value where it has none (an item of a list). */
export function offsetOfKey(source: Source, path: Path): number {
  const { node, key } = find(source, path);
  return (key ?? node)?.range?.[0] ?? 0;
}

/** The characters of a value as they were typed, with quotes and indentation. */
export function typedText(source: Source, path: Path): { readonly text: string; readonly offset: number } {
  const { node } = find(source, path);
  const [start = 0, end = 0] = node?.range ?? [];
  return { text: source.text.slice(start, end), offset: start };
}

interface Found {
  readonly node: Node | undefined;
  /** The key before the value; where the path leads to nothing, the key or the start of what should hold it. */
  readonly key: Node | undefined;
}

function find(source: Source, path: Path): Found {
  let found: Found = { node: source.document.contents ?? undefined, key: undefined };
  for (const [depth, step] of path.entries()) {
    const next = descend(source, found.node, step);
    if (next === undefined) return { node: undefined, key: depth === 0 ? undefined : (found.key ?? found.node) };
    found = next;
  }
  return path.length === 0 ? { node: undefined, key: undefined } : found;
}

function descend(source: Source, node: Node | undefined, step: PropertyKey): Found | undefined {
  // With a key given twice the last one holds: it is the one that toJS takes.
  const pair = isMap(node)
    ? node.items.findLast((item) => isScalar(item.key) && String(item.key.value) === String(step))
    : undefined;
  if (pair !== undefined) return { node: resolved(source, pair.value), key: pair.key as Node };
  const item = isSeq(node) && typeof step === 'number' ? node.items[step] : undefined;
  return item === undefined ? undefined : { node: resolved(source, item), key: undefined };
}

function resolved(source: Source, value: unknown): Node | undefined {
  if (isAlias(value)) return value.resolve(source.document);
  return isNode(value) ? value : undefined;
}
