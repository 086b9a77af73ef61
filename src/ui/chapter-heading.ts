import { type ChapterId } from '../model/ids.ts';
import { words, type Words } from '../model/words.ts';

/** `Chapter 2: Patroni` */
export function chapterHeading(chapter: ChapterId, title: Words | undefined): Words {
  const number = chapter.replace('chapter-', '');
  return title === undefined
    ? words(`Chapter ${number}`, `Chapitre ${number}`)
    : words(`Chapter ${number}: ${title.en}`, `Chapitre ${number}\u00a0: ${title.fr}`);
}
