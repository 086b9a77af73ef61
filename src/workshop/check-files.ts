import { splitChapterFile } from '../model/chapter-file-path.ts';
import { checkTemplateFile, type NodeContext } from './check-templates.ts';
import { argsOf, filesUsed, type StepSetting } from './check-steps.ts';
import { type Mistake } from './mistake.ts';
import { child, items, textOf, type Part } from './part.ts';
import { contextOf, type TargetSetting } from './targets.ts';

/**
 * Every file of files/ is a template for the nodes that the chapter's actions write it to; one of an earlier chapter only
 * where this one uses it.
 */
export function checkFiles(chapter: Part, setting: StepSetting): readonly Mistake[] {
  const { target, files } = setting;
  if (target === undefined) return [];
  const contexts = fileContexts(chapter, setting, target);
  return [...files]
    .filter(
      ([name, file]) => !file.text.includes('\0') && (contexts.has(name) || splitChapterFile(name).folder === null),
    )
    .flatMap(([name, file]) => checkTemplateFile(file, target.names, contexts.get(name) ?? 'some'));
}

function fileContexts(chapter: Part, setting: StepSetting, target: TargetSetting): ReadonlyMap<string, NodeContext> {
  const contexts = new Map<string, NodeContext>();
  for (const action of items(child(chapter, 'steps')).flatMap((step) => items(child(step, 'actions')))) {
    const kind = setting.deps.actionKinds.get(textOf(child(action, 'do')) ?? '');
    if (kind === undefined) continue;
    const context = contextOf(child(action, 'on'), target, target.nodesSoFar);
    for (const name of filesUsed(argsOf(action), kind)) contexts.set(name, both(contexts.get(name), context));
  }
  return contexts;
}

/** What holds for a file that is written twice: it may only name what both times are about. */
function both(one: NodeContext | undefined, other: NodeContext): NodeContext {
  if (one === undefined || one === 'some') return other;
  if (one === 'none' || other === 'none') return 'none';
  return other === 'some' ? one : [...new Set([...one, ...other])];
}
