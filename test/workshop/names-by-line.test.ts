import { expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { includedWorkshop } from '../../src/workshop/included-workshop.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { chaptersByLine, editionsByLine, nodesByLine, stepsByLine } from '../../src/workshop/names-by-line.ts';

const directory = includedWorkshop(process.cwd());
const workshop = await loadWorkshop({ actionKinds, checkKinds }, directory);

test('the included workshop has the same names line by line as when it is read', () => {
  expect(nodesByLine(directory)).toEqual(workshop.nodes.map(({ name }) => name));
  expect(editionsByLine(directory)).toEqual(workshop.editions.map(({ name }) => name));
  for (const language of ['en', 'fr'] as const) {
    const named = chaptersByLine(directory, language);
    expect(named.map(({ id, slug, title }) => ({ id, slug, title }))).toEqual(
      workshop.chapters.map(({ id, slug, words }) => ({ id, slug, title: words[language].title })),
    );
    expect(named.map((chapter) => stepsByLine(directory, chapter))).toEqual(
      workshop.chapters.map(({ steps }) => steps.map(({ id }) => id)),
    );
  }
});

test('where there is no workshop there are no names', () => {
  expect(nodesByLine('/nowhere')).toEqual([]);
  expect(chaptersByLine('/nowhere', 'en')).toEqual([]);
});
