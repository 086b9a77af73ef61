export type Tree = Readonly<Record<string, unknown>>;

/** Where Patroni's dynamic configuration has PostgreSQL's parameters. */
export const parametersPath = ['postgresql', 'parameters'];

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The section that the keys lead to; empty when there is none. */
export function sectionAt(tree: Tree, keys: readonly string[]): Tree {
  const found = keys.reduce<unknown>((inside, key) => (isTree(inside) ? inside[key] : undefined), tree);
  return isTree(found) ? found : {};
}

export interface Leaf {
  /** Where it stands: `['postgresql', 'parameters']`. */
  readonly section: readonly string[];
  readonly key: string;
  readonly value: unknown;
}

/** Every value that isn't a section, with its place. */
export function leavesOf(tree: Tree, section: readonly string[] = []): readonly Leaf[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    isTree(value) ? leavesOf(value, [...section, key]) : [{ section, key, value }],
  );
}
