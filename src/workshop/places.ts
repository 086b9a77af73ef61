// Where a change of mistakes.yml is made: a target of the chapter, or one replica whichever that is.

import { type Place } from '../model/wrong-state.ts';
import { type NodeContext } from './check-templates.ts';
import { textOf, type Part } from './part.ts';
import { contextOf, parseTarget, type TargetSetting } from './targets.ts';

/** undefined when it is neither node, group nor role. */
export function parsePlace(text: string, setting: TargetSetting): Place | undefined {
  return text === 'replica' ? { kind: 'role', role: 'replica' } : parseTarget(text, setting);
}

/** The nodes that texts with this place are rendered for. */
export function placeContext(on: Part, setting: TargetSetting): NodeContext {
  return textOf(on) === 'replica' ? 'some' : contextOf(on, setting, 'some');
}
