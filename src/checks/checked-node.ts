import { type NodeDefinition } from '../model/workshop.ts';
import { type CheckSetting } from './kind.ts';

/** The node of a check whose scope is `node`. */
export function checkedNode(setting: CheckSetting): NodeDefinition {
  if (setting.node === null) throw new Error('a check of scope "node" was run without a node');
  return setting.node;
}
