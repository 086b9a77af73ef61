import { expect, test } from 'vitest';

interface Choice {
  readonly chosen: readonly { readonly file: string; readonly seconds: number; readonly why: string }[];
  readonly mistakes: Record<string, readonly string[]>;
  readonly left: readonly string[];
}

interface Wishes {
  readonly files: readonly { readonly file: string; readonly seconds: number }[];
  readonly commit?: number | undefined;
  readonly noHistory?: string;
  readonly changed: readonly string[];
  readonly recorded: readonly string[];
}

const { chooseShare } = (await import(new URL('../../scripts/test-choice.mjs', import.meta.url).href)) as {
  chooseShare: (wishes: Wishes) => Choice;
};

/** Each alone in a lane: two a shard, the longest in shard 1. */
const files = Object.entries({
  'mistakes/01-etcd-trixie': 410,
  'mistakes/06-dcs-trixie': 400,
  'by-hand/06-dcs': 390,
  faults: 380,
  measure: 370,
  images: 250,
}).map(([name, seconds]) => ({ file: `test/real/${name}.test.ts`, seconds }));

function choose(wishes: Partial<Wishes>): Choice {
  return chooseShare({ files, commit: 0, changed: [], recorded: [], ...wishes });
}

function names({ chosen }: Choice): readonly string[] {
  return chosen.map(({ file }) => file.slice('test/real/'.length, -'.test.ts'.length));
}

function recordings(chapter: string, count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, n) => `fixtures/recorded/mistakes/trixie/${chapter}/m${String(n).padStart(2, '0')}.json`,
  );
}

test('as many commits in a row as there are shards run every file', () => {
  for (const first of [0, 7, 412]) {
    const run = [first, first + 1, first + 2].flatMap((commit) => names(choose({ commit })));
    expect(run.toSorted()).toEqual(files.map(({ file }) => file.slice(10, -8)).toSorted());
  }
  expect(choose({ commit: 412 }).chosen[0]?.why).toBe('shard 2 of 3 (commit 412)');
});

test('without history the first shard runs, and says why', () => {
  const { chosen } = choose({ commit: undefined, noHistory: 'there is no git history here' });
  expect(chosen.map(({ why }) => why)).toEqual(Array(2).fill('shard 1 of 3 (there is no git history here)'));
});

test('a test file that the branch touches runs too', () => {
  const { chosen, left } = choose({ changed: ['test/real/images.test.ts', 'src/main.ts'] });
  expect(chosen.at(-1)).toEqual({ file: 'test/real/images.test.ts', seconds: 250, why: 'changed by this branch' });
  expect(chosen).toHaveLength(3);
  expect(left).toEqual([]);
});

test('a chapter that the branch touches brings all that carries its name', () => {
  const choice = choose({ commit: 2, changed: ['labs/patroni-etcd/chapters/06-dcs/fr.yml'] });
  expect(names(choice)).toEqual(['measure', 'images', 'by-hand/06-dcs']);
  expect(choice.chosen.at(-1)?.why).toBe('chapter 06-dcs changed by this branch');
  expect(choice.left).toEqual([
    'not run: test/real/mistakes/06-dcs-trixie.test.ts (chapter 06-dcs changed by this branch; 400 s are too long): scripts/test --shard 1/3',
  ]);
});

test('a file may carry the names of several chapters', () => {
  const both = { file: 'test/real/by-hand/06-dcs-07-haproxy.test.ts', seconds: 300 };
  const choice = choose({ files: [...files, both], changed: ['labs/patroni-etcd/chapters/07-haproxy/chapter.yml'] });
  expect(names(choice).at(-1)).toBe('by-hand/06-dcs-07-haproxy');
});

test('a change of everything runs no more than eight minutes of tests beside the shard', () => {
  const choice = choose({ commit: 1, changed: files.map(({ file }) => file) });
  expect(names(choice)).toEqual(['by-hand/06-dcs', 'faults', 'images']);
  expect(choice.left).toHaveLength(3);
});

test('of a file that is not in turn, only the mistakes run whose recording is new', () => {
  // Of a chapter without a mistake there is nothing to make.
  const whole = 'fixtures/recorded/mistakes/trixie/06-dcs/whole.json';
  const choice = choose({ commit: 2, recorded: [...recordings('06-dcs', 2), ...recordings('01-etcd', 1), whole] });
  expect(choice.mistakes).toEqual({ '01-etcd-trixie': ['m00'], '06-dcs-trixie': ['m00', 'm01'] });
  expect(choice.chosen.slice(2)).toEqual([
    {
      file: 'test/real/mistakes/01-etcd-trixie.test.ts',
      seconds: 20,
      why: 'only what was recorded in the last 24 hours: m00',
    },
    {
      file: 'test/real/mistakes/06-dcs-trixie.test.ts',
      seconds: 40,
      why: 'only what was recorded in the last 24 hours: m00, m01',
    },
  ]);
});

test('a file that is in turn runs whole', () => {
  const choice = choose({ commit: 0, recorded: recordings('06-dcs', 2) });
  expect(names(choice)).toEqual(['mistakes/01-etcd-trixie', 'mistakes/06-dcs-trixie']);
  expect(choice.mistakes).toEqual({});
});

test('at most twelve new recordings are made in a run, others in the next', () => {
  const recorded = [...recordings('06-dcs', 20), ...recordings('01-etcd', 10)];
  const runs = [1, 4, 7].map((commit) => choose({ commit, recorded }));
  for (const { mistakes, left } of runs) {
    expect(Object.values(mistakes).flat()).toHaveLength(12);
    expect(left).toHaveLength(1);
    expect(left[0]).toMatch(/^not run: 18 more mistakes recorded in the last 24 hours: scripts\/test --chapter \d/);
  }
  const made = runs.map(({ mistakes }) => JSON.stringify(mistakes));
  expect(new Set(made).size).toBe(3);
});

test('a new recording that no file makes is told', () => {
  expect(choose({ recorded: recordings('09-sync', 1) }).left).toEqual([
    'not run: mistake m00: there is no test/real/mistakes/09-sync-trixie.test.ts',
  ]);
});
