import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type ActionContext } from './kind.ts';
import { readWorkshopFile } from '../workshop/read-regular-file.ts';

/** A file of the chapter's files/ folder, as each node gets it. */
export async function renderChapterFile(
  { chapter, workshop, edition }: ActionContext,
  file: string,
): Promise<(node: NodeDefinition) => string> {
  const template = await readWorkshopFile(chapterFilePath(chapter, file));
  return (node) => renderTemplate(template, templateScope(workshop, edition, node));
}
