import { readFile } from 'node:fs/promises';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type ActionContext } from './kind.ts';

/** A file of the chapter's files/ folder, as each node gets it. */
export async function renderChapterFile(
  { chapter, workshop, edition }: ActionContext,
  file: string,
): Promise<(node: NodeDefinition) => string> {
  const template = await readFile(chapterFilePath(chapter, file), 'utf8');
  return (node) => renderTemplate(template, templateScope(workshop, edition, node));
}
