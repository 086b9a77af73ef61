// The evening before on the other edition: `lab prepare --chapters` builds all ends in one go, and new labs are restored.
// Chapter 10 is typed by hand here, from the end that was just kept; by-hand/ has 6 to 8.

import { afterAll, describe, expect, test } from 'vitest';
import { typeChapters } from '../by-hand/type-chapters.ts';
import { keptEnds } from '../kept-end.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { runEvents, whatChanged } from '../run-events.ts';
import { slugs } from '../the-workshop.ts';

const hour = 3600;

describe('the chapters on bookworm, in advance', () => {
  const lab = realLab('bookworm', 'bookworm');
  const last = slugs.at(-1) ?? '';
  const prepare = ['prepare', '--chapters', '--edition', 'bookworm'];
  afterAll(() => removeLab(lab));

  test(
    'lab prepare --chapters keeps the end of each, and leaves no lab behind',
    async () => {
      await lab.mustLab(prepare, { timeoutSeconds: hour });
      expect(await keptEnds('bookworm')).toEqual(slugs);
      const { labs } = JSON.parse((await lab.mustLab(['list', '--format', 'json'])).stdout) as {
        labs: readonly { readonly name: string }[];
      };
      expect(labs.filter(({ name }) => name.startsWith('prepare'))).toEqual([]);
    },
    hour * 1000,
  );

  test('the second time there is nothing to do', async () => {
    const again = await lab.mustLab([...prepare, '--format', 'json']);
    expect(again.stdout).not.toContain('item-started');
  });

  test('a new lab is at the end of the last one at once', async () => {
    const run = await lab.mustLab(['up', last, '--format', 'json']);
    expect(runEvents(run.stdout).filter(({ kind }) => kind === 'command-ran')).toEqual([]);
  });

  test('the checks of every chapter pass there, and another up changes nothing', async () => {
    for (const slug of slugs) await lab.passes(slug);
    const { looked, changed } = whatChanged((await lab.mustLab(['up', last, '--format', 'json'])).stdout);
    expect(looked).toBeGreaterThan(20);
    expect(changed).toEqual([]);
  });
});

typeChapters({ edition: 'bookworm', slugs: ['pgbackrest'], from: 'the kept end' });
