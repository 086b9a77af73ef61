import { describe, expect, it } from 'vitest';
import { chapterFilePath } from '../../src/model/chapter-file-path.ts';
import { chapterId } from '../../src/model/ids.ts';
import { type Chapter } from '../../src/model/workshop.ts';

const words = { title: '', intro: '', learnt: [], steps: {}, checks: {} };
const chapter: Chapter = {
  id: chapterId(5),
  number: 5,
  slug: 'replica',
  directory: '/labs/w/chapters/05-replica',
  nodes: [],
  steps: [],
  mistakes: [],
  words: { en: words, fr: words },
};

describe('a file that a chapter names', () => {
  it.each([
    ['patroni.yml', '/labs/w/chapters/05-replica/files/patroni.yml'],
    ['conf/patroni.yml', '/labs/w/chapters/05-replica/files/conf/patroni.yml'],
    ['02-patroni/patroni.yml', '/labs/w/chapters/02-patroni/files/patroni.yml'],
  ])('%s is at %s', (name, path) => {
    expect(chapterFilePath(chapter, name)).toBe(path);
  });
});
