import { joinWords, words } from '../model/words.ts';
import { chapterSlug } from './chapter-folder.ts';
import { patterns } from './formats.ts';
import { type Mistake } from './mistake.ts';
import { child, items, mistakeIn, textOf } from './part.ts';
import { suggest } from './suggest.ts';
import { type ChapterSources } from './workshop-sources.ts';

/** `replaces` names steps of earlier chapters. */
export function checkReplacedSteps(chapter: ChapterSources, before: readonly ChapterSources[]): readonly Mistake[] {
  const known = before.flatMap(stepNames);
  const replaced = items(child(chapter.chapter, 'steps')).flatMap((step) => items(child(step, 'replaces')));
  return replaced.flatMap((place) => {
    const name = textOf(place);
    if (name === undefined || !patterns.stepOfChapter.test(name) || known.includes(name)) return [];
    const missing = words(
      `no earlier chapter has the step \`${name}\``,
      `aucun chapitre précédent n'a d'étape \`${name}\``,
    );
    return [mistakeIn(place, joinWords([missing, suggest(name, known)], ''))];
  });
}

function stepNames({ folder, chapter }: ChapterSources): readonly string[] {
  const ids = items(child(chapter, 'steps')).flatMap((step) => textOf(child(step, 'id')) ?? []);
  return ids.map((id) => `${chapterSlug(folder)}.${id}`);
}
