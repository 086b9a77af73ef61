import { describe, expect, it } from 'vitest';
import { findChapter } from '../../src/workshop/find-chapter.ts';
import { findEdition } from '../../src/workshop/find-edition.ts';
import { findNode } from '../../src/workshop/find-node.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { type LabError } from '../../src/model/errors.ts';
import { tinyKinds } from './tiny-kinds.ts';

const workshop = await loadWorkshop(tinyKinds, new URL('../../fixtures/bad-workshops/good', import.meta.url).pathname);

function refusal(find: () => unknown): LabError {
  try {
    find();
  } catch (error) {
    return error as LabError;
  }
  throw new Error('it was found');
}

describe('a chapter', () => {
  it.each(['chapter-2', '2', 'second'])('is found as %s', (text) => {
    expect(findChapter(workshop, text).id).toBe('chapter-2');
  });

  it('that is unknown is a usage error with the nearest one and all of them', () => {
    const error = refusal(() => findChapter(workshop, 'secnod'));
    expect(error).toMatchObject({ code: 'chapter-unknown', exit: 2 });
    expect(error.what).toEqual({ en: 'There is no chapter "secnod".', fr: "Il n'y a pas de chapitre « secnod »." });
    expect(error.hint?.en).toBe('Did you mean second? The chapters are: chapter-1 (first), chapter-2 (second).');
  });

  it.each(['', '0', '02', 'chapter-3', '02-second', 'SECOND'])('is not found as %j', (text) => {
    expect(refusal(() => findChapter(workshop, text)).code).toBe('chapter-unknown');
  });
});

describe('a node', () => {
  it.each(['a1', 'one'])('is found as %s', (text) => {
    expect(findNode(workshop, text).name).toBe('a1');
  });

  it('that is unknown is a usage error with the nearest one and all of them', () => {
    const error = refusal(() => findNode(workshop, 'oen'));
    expect(error).toMatchObject({ code: 'node-unknown', exit: 2 });
    expect(error.hint?.fr).toBe('Vouliez-vous dire one ? Les nœuds : a1, a2.');
    expect(refusal(() => findNode(workshop, 'm1')).code).toBe('node-unknown');
  });
});

describe('an edition', () => {
  it('is found by its name', () => {
    expect(findEdition(workshop, 'old').values).toEqual({ etcd: '3.4' });
  });

  it('that is unknown is a usage error with all of them', () => {
    const error = refusal(() => findEdition(workshop, 'sarge'));
    expect(error).toMatchObject({ code: 'edition-unknown', exit: 2 });
    expect(error.hint?.en).toBe('The editions are: new, old.');
  });
});
