import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { renderTemplate, templateScope } from '../../model/template.ts';
import { words } from '../../model/words.ts';
import { seen, unseen, type Observed } from '../../probes/reach.ts';
import { type CheckSetting } from '../kind.ts';
import { isTree, sectionAt, type Tree } from './configuration-tree.ts';

/** `bootstrap.dcs` of a chapter's Patroni file, with its values filled in. */
export async function wantedConfiguration(setting: CheckSetting, file: string): Promise<Observed<Tree>> {
  const text = await chapterFile(setting, file);
  if (text === null) return unseen(words(`the workshop has no file ${file}`, `l'atelier n'a pas de fichier ${file}`));
  // The same for all members; the template wants one to be rendered for.
  const member = setting.workshop.nodes.find((node) => node.member !== undefined) ?? null;
  const parsed: unknown = parse(renderTemplate(text, templateScope(setting.workshop, setting.edition, member)), { version: '1.1' });
  return seen(isTree(parsed) ? sectionAt(parsed, ['bootstrap', 'dcs']) : {});
}

/** The check's own chapter; where that isn't known, the first one that has such a file. */
async function chapterFile({ chapter, workshop }: CheckSetting, file: string): Promise<string | null> {
  for (const { directory } of chapter === undefined ? workshop.chapters : [chapter]) {
    const text = await readFile(join(directory, 'files', file), 'utf8').catch(() => null);
    if (text !== null) return text;
  }
  return null;
}
