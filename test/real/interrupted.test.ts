// `lab up` killed again and again, at moments spread over a whole run: each one goes on where the one before was killed.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { killedWhen, newestTranscript } from './killed-when.ts';
import { homeOfItsOwn, realLab, removeLab } from './real-lab.ts';

// Built, not restored.
const home = await homeOfItsOwn('interrupted');
const lab = realLab('killed', 'trixie', home);
afterAll(async () => {
  await removeLab(lab);
  await rm(home, { recursive: true, force: true });
});

// Creating nodes, the quorum lesson, the base backup; test/engine cuts a run before every one of its effects.
test.each(['node-created', 'chapter-1/quorum', 'chapter-2/join-replica'])(
  'lab up comes to %s: SIGKILL',
  async (moment) => {
    const journal = join(home, 'labs', lab.name, 'journal.jsonl');
    await killedWhen(lab, ['up', 'chapter-2'], async () => (await lastLines(journal)).includes(moment));
  },
);

test('the next up goes on to the end', async () => {
  await lab.mustLab(['up', 'chapter-2']);
  await lab.passes('chapter-1');
  await lab.passes('chapter-2');
});

test('lab down killed while nodes shut down: the next up waits for them, and starts them', async () => {
  await killedWhen(lab, ['down'], async () => (await newestTranscript(lab)).includes('node etcd1: Node etcd1'));
  await lab.mustLab(['up', 'chapter-2']);
  await lab.passes('chapter-2');
});

/** A step that was begun stands in the journal as "chapter":"chapter-1","step":"start". */
async function lastLines(journal: string): Promise<string> {
  const { stdout } = await runProgram(['cat', journal]);
  return stdout.replaceAll('","step":"', '/').replaceAll('"chapter":"', '');
}
