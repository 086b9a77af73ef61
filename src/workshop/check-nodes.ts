// What nodes and groups of workshop.yml say about one another.

import { joinWords, words, type Words } from '../model/words.ts';
import { contains, parseAddress, parseNetwork } from './ipv4.ts';
import { roles, type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { child, entries, items, mistakeIn, mistakeInKey, textOf, type Part } from './part.ts';
import { suggest } from './suggest.ts';

export function checkNodes(workshop: Part, names: KnownNames): readonly Mistake[] {
  return [
    ...checkAddresses(workshop),
    ...checkNodeNames(workshop),
    ...checkImageOfNodes(workshop, names),
    ...checkGroups(workshop, names),
  ];
}

function checkAddresses(workshop: Part): readonly Mistake[] {
  const seat = child(workshop, 'network');
  const network = parseNetwork(textOf(seat) ?? '');
  const owners = new Map<number, string>();
  return entries(child(workshop, 'nodes')).flatMap(([name, node]) => {
    const place = child(node, 'address');
    const text = textOf(place) ?? '';
    const address = parseAddress(text);
    if (address === undefined) return [];
    const owner = owners.get(address);
    owners.set(address, name);
    if (owner !== undefined) return [mistakeIn(place, twice(`\`${text}\``, owner))];
    if (network === undefined) return [];
    if (address === network.seat) {
      return [mistakeIn(place, words(`\`${text}\` is the trainer's seat`, `\`${text}\` est la place du formateur`))];
    }
    const where = String(seat.value);
    const outside = words(
      `\`${text}\` is not in the network \`${where}\``,
      `\`${text}\` n'est pas dans le réseau \`${where}\``,
    );
    return contains(network, address) ? [] : [mistakeIn(place, outside)];
  });
}

function twice(what: string, owner: string): Words {
  return words(`${what} belongs to the node \`${owner}\` already`, `${what} appartient déjà au nœud \`${owner}\``);
}

/** Names, aliases and member names: each means one node. A member may be called as its own node is. */
function checkNodeNames(workshop: Part): readonly Mistake[] {
  const nodes = entries(child(workshop, 'nodes'));
  const owners = new Map<string, string>(nodes.map(([name]) => [name, name]));
  return nodes.flatMap(([name, node]) => {
    const aliases = items(child(node, 'aliases'));
    const mistakes = reserved.includes(name) ? [mistakeInKey(node, reservedName(name))] : [];
    const own = new Set([name]);
    for (const place of [...aliases, child(node, 'member')]) {
      const text = textOf(place);
      if (text === undefined) continue;
      const isMember = place.path.at(-1) === 'member';
      const owner = owners.get(text);
      if (owner !== undefined && owner !== name) mistakes.push(mistakeIn(place, twice(`\`${text}\``, owner)));
      else if (!isMember && own.has(text)) mistakes.push(mistakeIn(place, givenTwice(text)));
      owners.set(text, owner ?? name);
      own.add(text);
    }
    return mistakes;
  });
}

/** `{{ node.address }}`, `on: leader` and the like would mean two things. */
const reserved: readonly string[] = ['node', 'edition', ...roles];

function reservedName(name: string): Words {
  return words(
    `\`${name}\` has a meaning of its own; choose another name`,
    `\`${name}\` a déjà un sens ; choisissez un autre nom`,
  );
}

function givenTwice(text: string): Words {
  return words(`\`${text}\` is given twice`, `\`${text}\` est donné deux fois`);
}

function checkImageOfNodes(workshop: Part, names: KnownNames): readonly Mistake[] {
  return entries(child(workshop, 'nodes')).flatMap(([, node]) => unknownImage(child(node, 'image'), names));
}

/** One mistake when the part names an image that isn't there. */
export function unknownImage(place: Part, names: KnownNames): readonly Mistake[] {
  const text = textOf(place);
  if (text === undefined || names.images.includes(text) || names.vague.has('images')) return [];
  const unknown = words(`there is no image \`${text}\``, `il n'y a pas d'image \`${text}\``);
  return [mistakeIn(place, joinWords([unknown, suggest(text, names.images)], ''))];
}

/** Every item has to be a node of the workshop, and to stand there once. */
export function checkNodeList(list: Part, names: KnownNames): readonly Mistake[] {
  const seen = new Set<string>();
  return items(list).flatMap((place) => {
    const text = textOf(place);
    if (text === undefined) return [];
    if (seen.has(text)) return [mistakeIn(place, givenTwice(text))];
    seen.add(text);
    if (names.nodes.has(text) || names.vague.has('nodes')) return [];
    const unknown = words(`there is no node \`${text}\``, `il n'y a pas de nœud \`${text}\``);
    return [mistakeIn(place, joinWords([unknown, suggest(text, names.nodes.keys())], ''))];
  });
}

function checkGroups(workshop: Part, names: KnownNames): readonly Mistake[] {
  return entries(child(workshop, 'groups')).flatMap(([name, group]) => {
    const list = checkNodeList(group, names);
    if (reserved.includes(name)) return [mistakeInKey(group, reservedName(name)), ...list];
    if (!names.nodes.has(name)) return list;
    const both = words(`\`${name}\` is a node already`, `\`${name}\` est déjà un nœud`);
    return [mistakeInKey(group, both), ...list];
  });
}
