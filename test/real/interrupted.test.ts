// `lab up` killed at moments spread over a whole run: the next one goes on.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { killedWhen } from './killed-when.ts';
import { homeOfItsOwn, realLab, removeLab } from './real-lab.ts';

// Built, not restored.
const home = await homeOfItsOwn('interrupted');
const lab = realLab('killed', 'trixie', home);
afterEach(async () => {
  await removeLab(lab);
  await rm(join(home, 'checkpoints'), { recursive: true, force: true });
});
afterAll(() => rm(home, { recursive: true, force: true }));

// Creating nodes, the quorum lesson, the base backup; test/engine cuts a run before every one of its effects.
test.each(['node-created', 'chapter-1/quorum', 'chapter-2/join-replica'])(
  'SIGKILL at %s: the next up goes on',
  async (moment) => {
    const journal = join(home, 'labs', lab.name, 'journal.jsonl');
    await killedWhen(lab, ['up', 'chapter-2'], async () => (await lastLines(journal)).includes(moment));
    await lab.mustLab(['up', 'chapter-2']);
    await lab.passes();
  },
);

/** A step that was begun stands in the journal as "chapter":"chapter-1","step":"start". */
async function lastLines(journal: string): Promise<string> {
  const { stdout } = await runProgram(['cat', journal]);
  return stdout.replaceAll('","step":"', '/').replaceAll('"chapter":"', '');
}
