// The program as a user runs it, in the tests' own LAB_HOME, and a way into the nodes of its labs.

import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { labRunner, type RealLab } from './lab-runner.ts';

export function testHome(): string {
  return inject('labHome');
}

export const program = [process.execPath, new URL('../../dist/main.js', import.meta.url).pathname];

export function realLab(name: string, edition = 'trixie', home = testHome()): RealLab {
  return labRunner({ program, home, name, edition });
}

/** A home without kept ends of chapters, so that labs are built there; the images are those of all suites. */
export async function homeOfItsOwn(name: string): Promise<string> {
  const home = await mkdtemp(join(testHome(), `home-${name}-`));
  // mkdtemp makes it for its owner alone; the nodes' users pass through it.
  await chmod(home, 0o755);
  await symlink(join(testHome(), 'images'), join(home, 'images'));
  return home;
}

/** Removes the lab whatever state it is in. */
export async function removeLab(lab: RealLab): Promise<void> {
  await lab.lab(['destroy', '--yes']);
}

/** As a person does who is done with a node, and not with lab. */
export async function deleteByHand({ home, name }: RealLab, node: string): Promise<void> {
  const lxcPath = join(home, 'labs', name, 'nodes');
  await runProgram(['lxc-stop', '-k', '-P', lxcPath, '-n', node]);
  await rm(join(lxcPath, node), { recursive: true });
}

declare module 'vitest' {
  export interface ProvidedContext {
    labHome: string;
  }
}
