// The program as a user runs it, on one lab of a home, and a way into the lab's nodes.

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

export interface LabPlace {
  /** Node and dist/main.js. */
  readonly program: readonly string[];
  readonly home: string;
  readonly name: string;
  readonly edition: string;
}

export function labRunner({ program, home, name, edition }: LabPlace): RealLab {
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
    // Node's own words about our code are nothing for a person.
    const warned = /^\(node:\d+\) \w+Warning:/m.test(result.stderr);
    if (result.exitStatus !== 0 || warned)
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
