// The names that workshop.yml defines, for whoever refers to them. Read leniently: a node with a wrong address still
// has its name, so one mistake doesn't bring others with it.

import { nearest } from '../model/nearest.ts';
import { child, entries, isRecord, items, textOf, type Part } from './part.ts';
import { workshopFileSchema } from './workshop-schema.ts';

export interface KnownNames {
  readonly nodes: ReadonlyMap<string, KnownNode>;
  /** Names of nodes by group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly images: readonly string[];
  readonly editions: readonly string[];
  /** Everything that `{{ … }}` may name where no node is meant. */
  readonly templates: ReadonlySet<string>;
  /** Sections that are missing or have another form: what they would define can't be told from a slip. */
  readonly vague: ReadonlySet<Section>;
}

export interface KnownNode {
  readonly member: string | undefined;
}

export type Section = 'nodes' | 'groups' | 'images' | 'editions' | 'values';

export const roles = ['leader', 'replicas'] as const;

export function knownNames(workshop: Part): KnownNames {
  const nodes = entries(section(workshop, 'nodes')).map(
    ([name, node]) => [name, { member: textOf(child(node, 'member')) }] as const,
  );
  const groups = entries(section(workshop, 'groups')).map(
    ([name, group]) => [name, items(group).flatMap((item) => textOf(item) ?? [])] as const,
  );
  const editions = entries(section(workshop, 'editions'));
  const editionKeys = editions.flatMap(([, edition]) => entries(edition).map(([key]) => `edition.${key}`));
  return {
    nodes: new Map(nodes),
    groups: new Map(groups),
    images: entries(section(workshop, 'images')).map(([name]) => name),
    editions: editions.map(([name]) => name),
    templates: new Set([
      ...entries(section(workshop, 'values')).map(([key]) => key),
      ...editionKeys,
      ...nodes.map(([name]) => `${name}.address`),
      ...nodes.flatMap(([name, { member }]) => (member === undefined ? [] : `${name}.member`)),
    ]),
    vague: new Set(vagueSections(workshop)),
  };
}

/** A section whose key is misspelt is still that section. */
function section(workshop: Part, name: Section): Part {
  const part = child(workshop, name);
  if (part.value !== undefined) return part;
  const known = Object.keys(workshopFileSchema.shape);
  const misspelt = entries(workshop).find(([key]) => !known.includes(key) && nearest(key, known) === name);
  return misspelt?.[1] ?? part;
}

function vagueSections(workshop: Part): readonly Section[] {
  const optional: readonly Section[] = ['groups', 'values'];
  const all: readonly Section[] = ['nodes', 'images', 'editions', ...optional];
  return all.filter((name) => {
    const { value } = section(workshop, name);
    return !isRecord(value) && !(value === undefined && optional.includes(name));
  });
}
