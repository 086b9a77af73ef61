// The kept end of each chapter as another lab has it: restored, and as good as built.

import { afterEach, describe, expect, test } from 'vitest';
import { realLab, removeLab } from '../real-lab.ts';
import { runEvents } from '../run-events.ts';
import { keptBeside, whileChaptersAreBuilt } from './kept-beside.ts';

export function restoredEnds(slugs: readonly string[]): void {
  describe('the kept ends on trixie', () => {
    const lab = realLab('restored', 'trixie');
    afterEach(() => removeLab(lab));

    test.each(slugs)(
      '%s: restored and not built, and every check of it passes',
      async (slug) => {
        await keptBeside(slug);
        const events = runEvents((await lab.mustLab(['up', slug, '--format', 'json'])).stdout);
        expect(events.some(({ kind, item }) => kind === 'item-started' && item === 'restore')).toBe(true);
        expect(events.filter(({ kind }) => kind === 'command-ran')).toEqual([]);
        await lab.passes(slug);
      },
      whileChaptersAreBuilt,
    );
  });
}
