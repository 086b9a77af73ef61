// The mistakes of a chapter made on a real lab: verify names them, and the way back that mistakes.yml tells leads back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEdition } from '../../../src/workshop/find-edition.ts';
import { editionName } from '../../../src/model/ids.ts';
import { waitUntil } from '../../../src/clock/wait-until.ts';
import {
  beforeMistakes,
  type ChapterLab,
  isWholeAgain,
  makeMistake,
  readRoles,
  undoMistake,
} from '../../mistakes/make-mistake.ts';
import { objections, type Said } from '../../mistakes/verdicts.ts';
import { type RealLab } from '../lab-runner.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { workshop } from '../the-workshop.ts';

/** Seconds until what follows from a mistake has shown itself. */
const withinSeconds = 90;

/** `folder`: `06-dcs`. Those that LAB_TEST_MISTAKES names for it, or all. */
export function makeMistakesOf(folder: string, edition: 'trixie' | 'bookworm'): void {
  const chapter = workshop.chapters.find(({ directory }) => directory.endsWith(`/${folder}`));
  if (chapter === undefined) throw new Error(`no chapter ${folder}`);
  const lab = realLab(`mistakes-${String(chapter.number)}-${edition}`, edition);
  const at: ChapterLab = { lab, workshop, edition: findEdition(workshop, editionName(edition)), chapter };
  const chosen = chosenOf(`${folder}-${edition}`);
  const mistakes = chapter.mistakes.filter(
    ({ id, editions }) => editions.includes(at.edition.name) && (chosen?.includes(id) ?? true),
  );

  describe(`mistakes at the end of ${chapter.slug} on ${edition}`, () => {
    beforeAll(async () => {
      await lab.mustLab(['up', chapter.slug]);
      if (mistakes.some(({ undo }) => undo.kind === 'restore')) await lab.mustLab(['save', beforeMistakes]);
    });
    afterAll(() => removeLab(lab));

    test.each(mistakes.map((mistake) => [mistake.id, mistake.what, mistake] as const))(
      '%s: %s',
      async (_id, _what, mistake) => {
        const roles = await readRoles(at);
        try {
          await makeMistake(at, mistake, roles);
          let left: readonly string[] = [];
          await waitUntil(
            async () => {
              left = objections(await saidBy(lab, chapter.slug), mistake, roles);
              return left.length === 0;
            },
            { withinSeconds },
          );
          expect(left).toEqual([]);
        } finally {
          await undoMistake(at, mistake, roles);
        }
        await isWholeAgain(at);
      },
    );
  });
}

async function saidBy(lab: RealLab, slug: string): Promise<readonly Said[]> {
  return (await lab.verify(slug)).checks;
}

/** null: all of them. */
function chosenOf(file: string): readonly string[] | null {
  const choice = JSON.parse(process.env['LAB_TEST_MISTAKES'] ?? '{}') as Readonly<Record<string, readonly string[]>>;
  return choice[file] ?? null;
}
