import { expect, test } from 'vitest';
import { chapterId, editionName, labName } from '../../src/model/ids.ts';
import { type LabSummary } from '../../src/model/lab-summary.ts';
import { renderLabs } from '../../src/ui/render-labs.ts';
import { paper } from './paper.ts';

const labs: readonly LabSummary[] = [
  {
    name: labName('alice'),
    edition: editionName('bookworm'),
    chapter: { id: chapterId(1), state: 'open' },
    nodes: { running: 0, total: 3 },
    bytes: 12_000_000,
  },
  {
    name: labName('main'),
    edition: editionName('trixie'),
    chapter: { id: chapterId(2), state: 'done' },
    nodes: { running: 5, total: 5 },
    bytes: 1_250_000_000,
  },
  { name: labName('new'), edition: editionName('trixie'), chapter: null, nodes: { running: 0, total: 0 }, bytes: 4096 },
];

test('a line a lab', () => {
  const page = paper();
  renderLabs(labs, page);
  expect(page.text()).toBe(`\
lab    edition   chapter      nodes running  on disk
alice  bookworm  chapter-1    0 of 3         12.0 MB
main   trixie    chapter-2 ✔  5 of 5         1.3 GB
new    trixie    -            0 of 0         4 kB
`);
});

test('no lab yet: how to make one, in the language of the reader', () => {
  const page = paper({ language: 'fr' });
  renderLabs([], page);
  expect(page.text()).toBe("Il n'y a pas encore de lab. `lab up` en crée un.\n");
});

test('json', () => {
  const page = paper({ format: 'json' });
  renderLabs(labs.slice(1, 2), page);
  expect(JSON.parse(page.text())).toEqual({
    labs: [
      {
        name: 'main',
        edition: 'trixie',
        chapter: { id: 'chapter-2', state: 'done' },
        nodes: { running: 5, total: 5 },
        bytes: 1_250_000_000,
      },
    ],
  });
});
