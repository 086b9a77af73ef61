import { type LabHistory } from '../model/lab-history.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type Chapter, type Workshop } from '../model/workshop.ts';

/** The next thing to type, once it is known how the chapter stands; null where there is nothing to say. Pure. */
export function nextAfterVerify(
  workshop: Workshop,
  history: LabHistory,
  chapter: Chapter,
  counts: { readonly fail: number; readonly unknown: number },
): Words | null {
  if (history.chapter?.id !== chapter.id) return null;
  if (counts.fail > 0 && history.faults.length > 0)
    return words(
      'There is a fault in this lab. To take it back: lab heal',
      "Une panne est en cours dans ce lab. Pour l'annuler : lab heal",
    );
  if (counts.fail > 0) return words('To go on: lab hint', 'Pour avancer : lab hint');
  if (counts.unknown > 0) return null;
  const next = workshop.chapters.find(({ number }) => number === chapter.number + 1);
  if (next === undefined) return words('That was the last chapter.', "C'était le dernier chapitre.");
  return joinWords([words('Next:', 'Ensuite :'), verbatim('lab next')], ' ');
}
