import { words } from '../model/words.ts';
import { chapterFileSchema } from './chapter-schema.ts';
import { checkFiles } from './check-files.ts';
import { checkMistakes } from './check-mistakes.ts';
import { checkNodeList } from './check-nodes.ts';
import { checkShape } from './check-shape.ts';
import { checkSteps, type StepSetting } from './check-steps.ts';
import { checkWords } from './check-words.ts';
import { type WorkshopDeps } from './kinds.ts';
import { type KnownNames } from './known-names.ts';
import { type Mistake } from './mistake.ts';
import { child, items, mistakeIn, textOf, type Part } from './part.ts';
import { wordsFileSchema } from './words-schema.ts';
import { type ChapterSources } from './workshop-sources.ts';

/** Everything wrong in one chapter's folder. `names` is undefined when workshop.yml could not be read. */
export function checkChapter(
  sources: ChapterSources,
  deps: WorkshopDeps,
  names: KnownNames | undefined,
  nodesBefore: readonly string[],
): readonly Mistake[] {
  const { chapter, en, fr, files } = sources;
  const nodesSoFar = [...nodesBefore, ...nodesOf(chapter)];
  const setting: StepSetting = { deps, target: names === undefined ? undefined : { names, nodesSoFar }, files };
  return [
    ...checkShape(chapter, chapterFileSchema),
    ...checkShape(en, wordsFileSchema),
    ...checkShape(fr, wordsFileSchema),
    ...(names === undefined ? [] : checkNodeList(child(chapter, 'nodes'), names)),
    ...broughtInBefore(chapter, nodesBefore),
    ...checkSteps(chapter, setting),
    ...checkFiles(chapter, setting),
    ...checkWords(sources, setting),
    ...checkMistakes(sources, setting),
  ];
}

/** Names of the nodes that a chapter.yml brings in. */
export function nodesOf(chapter: Part): readonly string[] {
  return items(child(chapter, 'nodes')).flatMap((item) => textOf(item) ?? []);
}

function broughtInBefore(chapter: Part, nodesBefore: readonly string[]): readonly Mistake[] {
  return items(child(chapter, 'nodes')).flatMap((place) => {
    const name = textOf(place);
    if (name === undefined || !nodesBefore.includes(name)) return [];
    const message = words(
      `an earlier chapter brings in the node \`${name}\` already`,
      `un chapitre précédent apporte déjà le nœud \`${name}\``,
    );
    return [mistakeIn(place, message)];
  });
}
