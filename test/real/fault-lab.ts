// How the suites of faults look at its lab: its status, its nodes, its network, its mounts.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type CommandResult } from '../../src/model/command.ts';
import { labName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { namespaceName } from '../../src/provider/lxc/network.ts';
import { type RealLab } from './lab-runner.ts';
import { testHome } from './real-lab.ts';

export interface StatusDocument {
  readonly nodes: readonly { readonly name: string; readonly state: string }[];
  readonly patroni: { readonly leader: string | null; readonly members: readonly { name: string; state: string }[] };
  readonly faults: readonly { readonly fault: string; readonly nodes: readonly string[] }[];
}

export function faultLab(lab: RealLab) {
  const folder = (...path: string[]) => join(testHome(), 'labs', lab.name, ...path);
  const status = async () => JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as StatusDocument;
  return {
    folder,
    status,
    nodeState: async (name: string) => (await status()).nodes.find((node) => node.name === name)?.state,
    heal: () => lab.mustLab(['heal']),
    /** A script in a node that may fail: its exit status and its words. */
    attempt: (node: string, script: string) => lab.lab(['exec', node, '--', 'bash', '-c', script]),
    postmaster: (node: string) => lab.inNode(node, 'pgrep -o -x -u postgres postgres'),
    /** From the trainer's seat. */
    fromSeat: (argv: readonly string[]): Promise<CommandResult> =>
      runProgram(['nsenter', `--net=/run/netns/${namespaceName(testHome(), labName(lab.name))}`, '--', ...argv]),
    mounts: async () =>
      (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').filter((line) => line.includes(folder())),
    /** A script that ends with 124 where no answer comes within a second, and with 1 where it is a refusal. */
    reaches: (address: string, port: number) => `timeout 1 bash -c '</dev/tcp/${address}/${String(port)}'`,
    wellAgain: async (): Promise<void> => {
      expect((await status()).faults).toEqual([]);
      const verified = await lab.mustLab(['verify', '--wait', '60s', '--format', 'json']);
      expect(JSON.parse(verified.stdout)).toMatchObject({ passed: true });
    },
    journalEndsWith: (kind: string): boolean => {
      const lines = readFileSync(folder('journal.jsonl'), 'utf8').trimEnd().split('\n');
      return lines.at(-1)?.includes(`"${kind}"`) === true;
    },
  };
}

/** Looks without a pause: what it waits for may be over in milliseconds. False when the program ended first. */
export async function atMoment(moment: () => boolean, running: Promise<unknown>): Promise<boolean> {
  const program = { ended: false };
  void running.finally(() => (program.ended = true));
  while (!program.ended && !moment()) await new Promise((resolve) => setImmediate(resolve));
  return !program.ended;
}
