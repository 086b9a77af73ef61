import { nodeName } from '../model/ids.ts';
import { joinWords, words } from '../model/words.ts';
import { type Target } from '../model/target.ts';
import { type NodeContext } from './check-templates.ts';
import { roles, type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { mistakeIn, textOf, type Part } from './part.ts';
import { suggest } from './suggest.ts';

/** What a target may be in one chapter. */
export interface TargetSetting {
  readonly names: KnownNames;
  /** Nodes that the chapters up to and including this one bring in. */
  readonly nodesSoFar: readonly string[];
}

/** `on: …` as a target; undefined when it is neither node, group nor role. */
export function parseTarget(text: string, { names, nodesSoFar }: TargetSetting): Target | undefined {
  const role = roles.find((one) => one === text);
  if (role !== undefined) return { kind: 'role', role };
  if (names.nodes.has(text)) return { kind: 'node', node: nodeName(text) };
  const group = names.groups.get(text);
  if (group === undefined) return undefined;
  return { kind: 'group', group: text, nodes: group.filter((node) => nodesSoFar.includes(node)).map(nodeName) };
}

export function checkTarget(on: Part, setting: TargetSetting): readonly Mistake[] {
  const text = textOf(on);
  if (text === undefined) return [];
  const target = parseTarget(text, setting);
  if (target === undefined) {
    if (setting.names.vague.has('nodes') || setting.names.vague.has('groups')) return [];
    const unknown = words(`there is no node or group \`${text}\``, `il n'y a ni nœud ni groupe \`${text}\``);
    const candidates = [...setting.names.nodes.keys(), ...setting.names.groups.keys(), ...roles];
    return [mistakeIn(on, joinWords([unknown, suggest(text, candidates)], ''))];
  }
  if (target.kind === 'node' && !setting.nodesSoFar.includes(text)) {
    const later = words(
      `no chapter up to this one brings in the node \`${text}\``,
      `aucun chapitre jusqu'à celui-ci n'apporte le nœud \`${text}\``,
    );
    return [mistakeIn(on, later)];
  }
  // A group without any node at all is a mistake of workshop.yml.
  if (target.kind === 'group' && target.nodes.length === 0 && setting.names.groups.get(text)?.length !== 0) {
    const later = words(
      `no chapter up to this one brings in a node of the group \`${text}\``,
      `aucun chapitre jusqu'à celui-ci n'apporte un nœud du groupe \`${text}\``,
    );
    return [mistakeIn(on, later)];
  }
  return [];
}

/** The nodes that texts with this target are rendered for. */
export function contextOf(on: Part, setting: TargetSetting, withoutTarget: NodeContext): NodeContext {
  if (on.value === undefined) return withoutTarget;
  const target = parseTarget(textOf(on) ?? '', setting);
  if (target?.kind === 'node') return [target.node];
  return target?.kind === 'group' ? target.nodes : 'some';
}
