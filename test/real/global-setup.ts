// One LAB_HOME for all suites on LXC, with the images of both editions, removed with everything in it at the end.

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type TestProject } from 'vitest/node';
import { runProgram } from '../../src/process/run-program.ts';

const main = new URL('../../dist/main.js', import.meta.url).pathname;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Not /tmp: a tmpfs there can't hold overlay layers.
  const home = process.env['LAB_TEST_HOME'] ?? (await mkdtemp('/var/tmp/lab-test-'));
  // mkdtemp makes it for its owner alone; the nodes' users pass through it.
  await chmod(home, 0o755);
  const prepared = await runProgram([process.execPath, main, 'prepare', '--all-editions', '--home', home], {
    timeoutSeconds: 900,
  });
  if (prepared.exitStatus !== 0) throw new Error(`lab prepare: ${prepared.stdout}${prepared.stderr}`);
  project.provide('labHome', home);
  return async () => {
    const listed = await runProgram([process.execPath, main, 'list', '--home', home, '--format', 'json']);
    for (const { name } of labsOf(listed.stdout)) {
      await runProgram([process.execPath, main, 'destroy', '--yes', '--home', home, '--lab', name], {
        timeoutSeconds: 300,
      });
    }
    if (process.env['LAB_TEST_HOME'] === undefined) await rm(home, { recursive: true, force: true });
  };
}

function labsOf(document: string): readonly { readonly name: string }[] {
  try {
    const value = JSON.parse(document) as { labs?: { name: string }[] } | { name: string }[];
    return Array.isArray(value) ? value : (value.labs ?? []);
  } catch {
    return [];
  }
}
