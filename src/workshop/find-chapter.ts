import { words } from '../model/words.ts';
import { type Chapter, type Workshop } from '../model/workshop.ts';
import { unknownName } from './unknown-name.ts';

/** By `chapter-3`, `3` or slug. Throws `chapter-unknown` (exit status 2) with the chapters and the nearest one. */
export function findChapter(workshop: Pick<Workshop, 'chapters'>, text: string): Chapter {
  const { chapters } = workshop;
  const found =
    chapters.find((chapter) => chapter.id === text || String(chapter.number) === text) ??
    chapters.find((chapter) => chapter.slug === text);
  if (found !== undefined) return found;
  const candidates = chapters.flatMap((chapter) => [chapter.slug, chapter.id]);
  const list = chapters.map((chapter) => `${chapter.id} (${chapter.slug})`).join(', ');
  const all = words(`The chapters are: ${list}.`, `Les chapitres : ${list}.`);
  const what = words(`There is no chapter "${text}".`, `Il n'y a pas de chapitre « ${text} ».`);
  throw unknownName('chapter-unknown', what, { text, candidates, all });
}
