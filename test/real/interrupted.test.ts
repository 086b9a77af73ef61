// `lab up` killed at moments spread over a whole run: the next one goes on.

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { waitUntil } from '../../src/model/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { homeOfItsOwn, realLab, removeLab } from './real-lab.ts';

// Built, not restored.
const home = await homeOfItsOwn('interrupted');
const lab = realLab('killed', 'trixie', home);
afterEach(async () => {
  await removeLab(lab);
  await rm(join(home, 'checkpoints'), { recursive: true, force: true });
});
afterAll(() => rm(home, { recursive: true, force: true }));

// Creating nodes, forming etcd, the quorum lesson, the bootstrap, the base backup.
test.each(['node-created', 'chapter-1/start', 'chapter-1/quorum', 'chapter-2/first-leader', 'chapter-2/join-replica'])(
  'SIGKILL at %s: the next up goes on',
  async (moment) => {
    const kill = new AbortController();
    const running = lab.lab(['up', 'chapter-2'], { signal: kill.signal, killAtOnce: true });
    const journal = join(home, 'labs', lab.name, 'journal.jsonl');
    const came = await waitUntil(async () => (await lastLines(journal)).includes(moment), { withinSeconds: 60 });
    kill.abort();
    const result = await running;
    expect(came, `the run came to ${moment}`).toBe(true);
    expect(result.exitStatus).not.toBe(0);
    await lab.mustLab(['up', 'chapter-2']);
    await lab.passes();
  },
);

/** A step that was begun stands in the journal as "chapter":"chapter-1","step":"start". */
async function lastLines(journal: string): Promise<string> {
  const { stdout } = await runProgram(['cat', journal]);
  return stdout.replaceAll('","step":"', '/').replaceAll('"chapter":"', '');
}
