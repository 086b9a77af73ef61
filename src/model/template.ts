// `{{ name }}` in files, words and arguments is replaced by a value. There is no logic, and nothing is replaced twice.

import { exitStatus, LabError } from './errors.ts';
import { nearest } from './nearest.ts';
import { words } from './words.ts';
import { type Edition, type NodeDefinition, type Workshop } from './workshop.ts';

/** The values that a text may name. */
export type TemplateScope = ReadonlyMap<string, string>;

export interface TemplateName {
  readonly name: string;
  /** Where its `{{` begins, counted in UTF-16 units as JavaScript does. */
  readonly offset: number;
  /** false: its `}}` is missing on the line. */
  readonly closed: boolean;
}

const placeholder = /\{\{([^{}\n]*)(\}\})?/g;

/** Every name that the text uses, in its order. */
export function templateNames(text: string): readonly TemplateName[] {
  return Array.from(text.matchAll(placeholder), (match) => ({
    name: (match[1] ?? '').trim(),
    offset: match.index,
    closed: match[2] !== undefined,
  }));
}

/**
 * Names: `node.name`, `node.address`, `node.member` of the node it is rendered for, if there is one; the same with a
 * node's own name (`etcd1.address`); `edition.KEY`; and every key of the workshop's values. A node without a member
 * name has no `.member`.
 */
export function templateScope(
  workshop: Pick<Workshop, 'nodes' | 'values'>,
  edition: Pick<Edition, 'values'>,
  node: NodeDefinition | null = null,
): TemplateScope {
  const scope = new Map(Object.entries(workshop.values));
  for (const [key, value] of Object.entries(edition.values)) scope.set(`edition.${key}`, value);
  for (const definition of workshop.nodes) addNode(scope, definition.name, definition);
  if (node !== null) {
    scope.set('node.name', node.name);
    addNode(scope, 'node', node);
  }
  return scope;
}

function addNode(scope: Map<string, string>, prefix: string, node: NodeDefinition): void {
  scope.set(`${prefix}.address`, node.address);
  if (node.member !== undefined) scope.set(`${prefix}.member`, node.member);
}

/** Throws a LabError for a name that the scope doesn't have: `loadWorkshop` finds those before anything is done. */
export function renderTemplate(text: string, scope: TemplateScope): string {
  if (!text.includes('{{')) return text;
  return text.replaceAll(placeholder, (whole: string, name: string) => {
    const value = whole.endsWith('}}') ? scope.get(name.trim()) : undefined;
    if (value === undefined) throw unknownName(whole, name.trim(), scope);
    return value;
  });
}

/** The same value with every string in it rendered: the arguments of an action or a check. Keys stay as they are. */
export function renderDeep<T>(value: T, scope: TemplateScope): T {
  return rendered(value, scope) as T;
}

function rendered(value: unknown, scope: TemplateScope): unknown {
  if (typeof value === 'string') return renderTemplate(value, scope);
  if (Array.isArray(value)) return value.map((item) => rendered(item, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rendered(item, scope)]));
}

function unknownName(whole: string, name: string, scope: TemplateScope): LabError {
  const near = nearest(name, scope.keys());
  const known = [...scope.keys()]
    .sort()
    .map((key) => `\`${key}\``)
    .join(', ');
  return new LabError(
    'template-name-unknown',
    words(`Nothing is known for \`${whole.trim()}\` here.`, `Rien ne correspond à \`${whole.trim()}\` ici.`),
    {
      exit: exitStatus.invalidWorkshop,
      hint:
        near === undefined
          ? words(`These names can be used here: ${known}.`, `Les noms utilisables ici : ${known}.`)
          : words(`Did you mean \`{{ ${near} }}\`?`, `Vouliez-vous dire \`{{ ${near} }}\` ?`),
    },
  );
}
