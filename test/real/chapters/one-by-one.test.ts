// One chapter after the other in one lab, as in a class; it begins with a restored lab, which has to go on like a built one.
// test/real/main-road has the chapters in one go, where each is prepared while the one before it still runs.

import { afterAll, beforeAll, describe, test } from 'vitest';
import { fromKeptEnd } from '../kept-end.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { slugs } from '../the-workshop.ts';

describe('one chapter after the other on trixie', () => {
  const lab = realLab('one-by-one', 'trixie');
  beforeAll(() => fromKeptEnd(lab, 'replica'));
  afterAll(() => removeLab(lab));

  test.each(slugs.slice(slugs.indexOf('replica') + 1))('up %s: its checks pass', async (slug) => {
    await lab.mustLab(['up', slug]);
    await lab.passes(slug);
  });
});
