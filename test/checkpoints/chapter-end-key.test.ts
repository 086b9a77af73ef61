import { describe, expect, it, test } from 'vitest';
import { chapterEndKey, currentChapterEndKeys } from '../../src/checkpoints/chapter-end-key.ts';
import { chapterId } from '../../src/model/ids.ts';
import { type Chapter, type Workshop } from '../../src/model/workshop.ts';
import { testWorkshop } from '../build/workshop.ts';

const layers = new Map([['base', ['/home/images/layers/base-1']]]);
const key = (workshop: Workshop, chapter = 1, of: ReadonlyMap<string, readonly string[]> = layers) =>
  chapterEndKey(workshop, chapterId(chapter), of);

function changed(number: number, change: (chapter: Chapter) => Chapter): Workshop {
  const workshop = testWorkshop();
  const chapters = workshop.chapters.map((chapter) => (chapter.number === number ? change(chapter) : chapter));
  return { ...workshop, chapters };
}

const otherStep = (chapter: Chapter): Chapter => ({
  ...chapter,
  steps: chapter.steps.map((step) => ({ ...step, fingerprint: 'other' })),
});

describe("the key of a chapter's end", () => {
  const before = key(testWorkshop());

  it('is the same as long as nothing changes, and fits in the name of a folder', () => {
    expect(key(testWorkshop())).toBe(before);
    expect(before).toMatch(/^[0-9a-f]{12}$/);
  });
  it('differs from chapter to chapter', () => expect(key(testWorkshop(), 2)).not.toBe(before));
  it('changes with a step of that chapter', () => expect(key(changed(1, otherStep))).not.toBe(before));
  it('changes with a step of a chapter before it', () =>
    expect(key(changed(1, otherStep), 2)).not.toBe(key(testWorkshop(), 2)));
  it('does not change with a later chapter', () => expect(key(changed(2, otherStep))).toBe(before));
  it('does not change with words', () => {
    const { words } = changed(2, (chapter) => chapter).chapters[0] as Chapter;
    const reworded = changed(1, (chapter) => ({
      ...chapter,
      words: { ...words, en: { ...words.en, title: 'another title' } },
    }));
    expect(key(reworded)).toBe(before);
  });
  it("changes with a node's address, also of a node that comes later: every /etc/hosts names it", () => {
    const workshop = testWorkshop();
    const nodes = workshop.nodes.map((node) => (node.name === 'b' ? { ...node, address: '10.0.3.99' } : node));
    expect(key({ ...workshop, nodes })).not.toBe(before);
  });
  it('changes with the layers of its images, wherever they lie', () => {
    expect(key(testWorkshop(), 1, new Map([['base', ['/home/images/layers/base-2']]]))).not.toBe(before);
    expect(key(testWorkshop(), 1, new Map([['base', ['/elsewhere/base-1']]]))).toBe(before);
  });
  it('does not change with an image that no node has so far', () => {
    expect(key(testWorkshop(), 1, new Map([...layers, ['other', ['/home/images/layers/other-1']]]))).toBe(before);
  });
});

test('the current keys: one a chapter', async () => {
  const keys = await currentChapterEndKeys(testWorkshop(), () => Promise.resolve(['/home/images/layers/base-1']));
  expect([...keys]).toEqual([
    ['chapter-1', key(testWorkshop(), 1)],
    ['chapter-2', key(testWorkshop(), 2)],
  ]);
});
