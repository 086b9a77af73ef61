// Waits for an end that chapters.test.ts keeps while this suite runs beside it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../../src/clock/wait-until.ts';
import { keptEnds, needsKeptEnd } from '../kept-end.ts';
import { testHome } from '../real-lab.ts';

/** The lab in which the chapters are built. */
export const builder = 'road';

/** Milliseconds: for a test or a hook that waits for an end. The building has limits of its own. */
export const whileChaptersAreBuilt = 1_800_000;

// Where nobody has begun to build two minutes from now, nobody will: chapters.test.ts comes first.
const beginsBy = Date.now() + 120_000;
let begun = false;

/** Throws when it is not kept, as soon as nobody builds any more. */
export async function keptBeside(slug: string): Promise<void> {
  await waitUntil(
    async () => {
      const builds = existsSync(join(testHome(), 'labs', builder));
      begun ||= builds;
      const over = !builds && (begun || Date.now() > beginsBy);
      return over || (await keptEnds()).includes(slug);
    },
    { withinSeconds: 1500 },
  );
  await needsKeptEnd(slug);
}
