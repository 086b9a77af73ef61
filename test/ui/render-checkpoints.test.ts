import { expect, test } from 'vitest';
import { chapterId, editionName } from '../../src/model/ids.ts';
import { renderCheckpoints } from '../../src/ui/render-checkpoints.ts';
import { checkpoint } from '../build/checkpoint.ts';
import { paper } from './paper.ts';

/** Whatever the time zone of the machine. */
const taken = (minute: number) => new Date(2026, 10, 3, 9, minute).toISOString();

const checkpoints = [
  checkpoint({ takenAt: taken(5) }),
  checkpoint({
    name: 'before-lunch',
    chapter: chapterId(3),
    state: 'open',
    edition: editionName('bookworm'),
    takenAt: taken(41),
    frozenSeconds: 1.27,
    bytes: 1_250_000_000,
  }),
  checkpoint({
    name: 'empty',
    chapter: null,
    state: null,
    takenAt: taken(50),
    nodes: [],
    frozenSeconds: 0,
    bytes: 4096,
  }),
];

test('a line a checkpoint', () => {
  const page = paper();
  renderCheckpoints(checkpoints, page);
  expect(page.text()).toBe(`\
checkpoint        chapter      edition   taken             nodes  size     frozen for
(end of chapter)  chapter-2 ✔  trixie    2026-11-03 09:05  2      83.7 MB  0.8 s
before-lunch      chapter-3    bookworm  2026-11-03 09:41  2      1.3 GB   1.3 s
empty             -            trixie    2026-11-03 09:50  0      4 kB     -
`);
});

test('what lab kept by itself is explained, and only where there is some', () => {
  const page = paper();
  renderCheckpoints([...checkpoints, checkpoint({ name: 'lab-kept-form-etcd-cluster' })], page);
  expect(page.text()).toContain('`lab-kept-ACTION`: kept by lab itself');
});

test('in French, quantities too', () => {
  const page = paper({ language: 'fr' });
  renderCheckpoints(checkpoints.slice(0, 1), page);
  expect(page.text()).toBe(`\
point de reprise   chapitre     édition  pris le           nœuds  taille   gelé pendant
(fin de chapitre)  chapter-2 ✔  trixie   2026-11-03 09:05  2      83,7 Mo  0,8 s
`);
});

test('none yet: how to take one', () => {
  const page = paper();
  renderCheckpoints([], page);
  expect(page.text()).toContain('`lab save NAME`');
});

test('json has everything but the memory inside', () => {
  const page = paper({ format: 'json' });
  renderCheckpoints([checkpoint()], page);
  expect(JSON.parse(page.text())).toEqual({
    checkpoints: [
      {
        folder: '/home/x',
        name: null,
        chapter: 'chapter-2',
        state: 'done',
        edition: 'trixie',
        takenAt: '2026-11-23T16:21:00.000Z',
        nodes: [
          { name: 'a', image: 'base' },
          { name: 'b', image: 'base' },
        ],
        frozenSeconds: 0.81,
        bytes: 83_656_704,
      },
    ],
  });
});
