import { describe, expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { typedBlocks } from '../real/typed-blocks.ts';

const workshop = await loadWorkshop(
  { actionKinds, checkKinds },
  new URL('../../labs/patroni-etcd', import.meta.url).pathname,
);

// The commands of one language are typed on a real lab; they prove both texts where both have the same.
describe('the commands to type are the same in both languages', () => {
  test.each(workshop.chapters.map((chapter) => [chapter.id, chapter] as const))('%s', (_id, chapter) => {
    const commands = (language: 'en' | 'fr') =>
      chapter.steps.map(({ id }) => typedBlocks(chapter.words[language].steps[id]?.text ?? ''));
    expect(commands('fr')).toEqual(commands('en'));
    expect(commands('en').flat().length).toBeGreaterThan(3);
  });
});
