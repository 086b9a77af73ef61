// What workshop.yml says of volumes: who has them, and where.

import { joinWords, words } from '../model/words.ts';
import { type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { child, entries, mistakeIn, textOf, type Part } from './part.ts';
import { suggest } from './suggest.ts';

export function checkVolumes(workshop: Part, names: KnownNames): readonly Mistake[] {
  const volumes = entries(child(workshop, 'volumes'));
  return volumes.flatMap(([, volume], index) => [
    ...unknownOwner(child(volume, 'on'), names),
    ...samePlace(volume, volumes.slice(0, index), names),
  ]);
}

function unknownOwner(on: Part, names: KnownNames): readonly Mistake[] {
  const text = textOf(on);
  if (text === undefined || names.nodes.has(text) || names.groups.has(text)) return [];
  if (names.vague.has('nodes') || names.vague.has('groups')) return [];
  const unknown = words(`there is no node or group \`${text}\``, `il n'y a ni nœud ni groupe \`${text}\``);
  return [mistakeIn(on, joinWords([unknown, suggest(text, [...names.nodes.keys(), ...names.groups.keys()])], ''))];
}

/** Mounted over or inside another one on the same node, one of the two would be out of sight. */
function samePlace(volume: Part, before: readonly (readonly [string, Part])[], names: KnownNames): readonly Mistake[] {
  const path = textOf(child(volume, 'path'));
  if (path === undefined) return [];
  const own = new Set(ownersOf(volume, names));
  return before.flatMap(([name, other]) => {
    const taken = textOf(child(other, 'path'));
    const overlap = taken !== undefined && (`${path}/`.startsWith(`${taken}/`) || `${taken}/`.startsWith(`${path}/`));
    if (!overlap || !ownersOf(other, names).some((node) => own.has(node))) return [];
    const twice = words(`the volume \`${name}\` is there already`, `le volume \`${name}\` est déjà à cet endroit`);
    return [mistakeIn(child(volume, 'path'), twice)];
  });
}

function ownersOf(volume: Part, { groups }: KnownNames): readonly string[] {
  const on = textOf(child(volume, 'on'));
  return on === undefined ? [] : (groups.get(on) ?? [on]);
}
