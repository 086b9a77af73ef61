import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { type CheckSetting } from './kind.ts';

/** A check that asks what has changed since the chapter began, in a lab where nobody noted its beginning. */
export function notBegun(expected: Words, { chapter }: CheckSetting): Judgement {
  const name = chapter?.slug ?? '';
  return {
    verdict: 'unknown',
    expected,
    seen: words(
      `nobody noted how the cluster was when this chapter began: begin it with \`lab start ${name}\``,
      `l'état du cluster au début de ce chapitre n'a pas été noté : commencez-le avec \`lab start ${name}\``,
    ),
  };
}
