// Waits for an end that chapters.test.ts keeps while this suite runs beside it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../../src/model/wait-until.ts';
import { keptEnds, needsKeptEnd } from '../kept-end.ts';
import { testHome } from '../real-lab.ts';

/** The lab in which the chapters are built. */
export const builder = 'road';

// For all ends together, so that a building that never was is not waited for again and again.
const deadline = Date.now() + 900_000;
let begun = false;

/** Throws when it is not kept, as soon as nobody builds any more. */
export async function keptBeside(slug: string): Promise<void> {
  await waitUntil(
    async () => {
      const builds = existsSync(join(testHome(), 'labs', builder));
      const over = begun && !builds;
      begun ||= builds;
      return over || (await keptEnds()).includes(slug);
    },
    { withinSeconds: (deadline - Date.now()) / 1000 },
  );
  await needsKeptEnd(slug);
}
