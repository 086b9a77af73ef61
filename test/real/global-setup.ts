// One LAB_HOME for all suites on LXC, with the images of both editions. It is made here and removed at the end, unless
// LAB_TEST_HOME names one that somebody else has made, as scripts/test does.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type TestProject } from 'vitest/node';
import { runProgram } from '../../src/process/run-program.ts';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const removeLabs = fileURLToPath(new URL('../../scripts/remove-test-labs.mjs', import.meta.url));

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['LAB_TEST_HOME'];
  const home = given ?? (await makeHome());
  const prepared = await runProgram([process.execPath, main, 'prepare', '--all-editions', '--home', home], {
    timeoutSeconds: 900,
  });
  if (prepared.exitStatus !== 0) throw new Error(`lab prepare: ${prepared.stdout}${prepared.stderr}`);
  project.provide('labHome', home);
  if (given !== undefined) return undefined;
  return async () => {
    const removed = await runProgram([process.execPath, removeLabs, home], { timeoutSeconds: 1800 });
    if (removed.exitStatus !== 0) throw new Error(`labs may be left in ${home}:\n${removed.stderr}`);
    await rm(home, { recursive: true, force: true });
  };
}

async function makeHome(): Promise<string> {
  // Not /tmp: a tmpfs there can't hold overlay layers.
  const home = await mkdtemp('/var/tmp/lab-test-');
  // mkdtemp makes it for its owner alone; the nodes' users pass through it.
  await chmod(home, 0o755);
  return home;
}
