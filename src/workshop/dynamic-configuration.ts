import { parse } from 'yaml';
import { chapterFilePath } from '../model/chapter-file-path.ts';
import { renderTemplate, templateScope } from '../model/template.ts';
import { type Chapter, type Edition, type Workshop } from '../model/workshop.ts';
import { readWorkshopFile } from './read-regular-file.ts';

/**
 * `bootstrap.dcs` of a chapter's Patroni file with its values filled in: what the dynamic configuration is to be. The
 * same for all members; the template wants one to be rendered for. Empty when the file has no such section.
 */
export async function dynamicConfigurationOf(
  { workshop, edition, chapter }: { readonly workshop: Workshop; readonly edition: Edition; readonly chapter: Chapter },
  file: string,
): Promise<Readonly<Record<string, unknown>>> {
  const text = await readWorkshopFile(chapterFilePath(chapter, file));
  const member = workshop.nodes.find((node) => node.member !== undefined) ?? null;
  const parsed: unknown = parse(renderTemplate(text, templateScope(workshop, edition, member)), { version: '1.1' });
  return section(section(section(parsed), 'bootstrap'), 'dcs');
}

function section(value: unknown, key?: string): Readonly<Record<string, unknown>> {
  const found = key === undefined ? value : (value as Record<string, unknown>)[key];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? { ...found } : {};
}
