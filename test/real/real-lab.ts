// The program as a user runs it, in the tests' own LAB_HOME, and a way into the nodes of its labs.

import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type CheckResult } from '../../src/model/verdict.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { runProgram } from '../../src/process/run-program.ts';

export interface RealLab {
  readonly name: string;
  readonly home: string;
  /** Runs `lab VERB …` on this lab and waits for its end. */
  lab(
    args: readonly string[],
    options?: {
      readonly signal?: AbortSignal;
      readonly killAtOnce?: boolean;
      readonly env?: Record<string, string>;
      readonly timeoutSeconds?: number;
    },
  ): Promise<CommandResult>;
  /** The same, which must end with exit status 0. */
  mustLab(args: readonly string[], options?: { readonly timeoutSeconds?: number }): Promise<CommandResult>;
  /** A shell script in a node, which must succeed. */
  inNode(node: string, script: string): Promise<string>;
  verify(chapter?: string): Promise<VerifyDocument>;
  /** `lab verify`, which must pass; throws with what did not and why. */
  passes(chapter?: string): Promise<void>;
}

export interface VerifyDocument {
  readonly passed: boolean;
  readonly counts: { readonly pass: number; readonly fail: number; readonly unknown: number };
  readonly checks: readonly (Omit<CheckResult, 'title' | 'expected' | 'seen' | 'cause' | 'hint'> &
    Record<'title' | 'expected' | 'seen', string> &
    Record<'cause' | 'hint', string | null>)[];
}

export function testHome(): string {
  return inject('labHome');
}

export const program = [process.execPath, new URL('../../dist/main.js', import.meta.url).pathname];

export function realLab(name: string, edition = 'trixie', home = testHome()): RealLab {
  const env = { LAB_HOME: home, LAB_NAME: name, LAB_EDITION: edition, LAB_LANG: 'en', NO_COLOR: '1' };
  const lab: RealLab['lab'] = (args, options = {}) =>
    runProgram([...program, ...args], {
      timeoutSeconds: options.timeoutSeconds ?? 540,
      env: { ...env, ...options.env },
      ...(options.signal && { signal: options.signal }),
      ...(options.killAtOnce && { graceSeconds: 0 }),
    });
  const mustLab: RealLab['mustLab'] = async (args, options) => {
    const result = await lab(args, options);
    if (result.exitStatus !== 0)
      throw new Error(`lab ${args.join(' ')}: ${String(result.exitStatus)}\n${result.stdout}\n${result.stderr}`);
    return result;
  };
  const verify: RealLab['verify'] = async (chapter) => {
    const result = await lab(['verify', ...(chapter === undefined ? [] : [chapter]), '--format', 'json']);
    return JSON.parse(result.stdout) as VerifyDocument;
  };
  return {
    name,
    home,
    lab,
    mustLab,
    inNode: async (node, script) => (await mustLab(['exec', node, '--', 'sh', '-ec', script])).stdout,
    verify,
    passes: async (chapter) => {
      const { passed, checks } = await verify(chapter);
      if (passed && checks.length > 0) return;
      const open = checks.filter(({ verdict }) => verdict !== 'pass');
      const told = open.map(({ id, node, verdict, seen, cause }) =>
        [id, node ?? '', verdict, seen, cause ?? ''].join(' · '),
      );
      throw new Error(`lab verify ${chapter ?? ''} of ${name}:\n${told.join('\n')}`);
    },
  };
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
