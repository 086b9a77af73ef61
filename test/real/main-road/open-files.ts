// What a lab keeps of its runs, and what of its home anybody on the machine may read.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../../src/process/run-program.ts';
import { type RealLab } from '../lab-runner.ts';

/** Paths with their texts: journal and transcripts of the lab, and what is everybody's to read of what lab wrote for it. */
export async function keptTexts({ home, name }: RealLab): Promise<readonly (readonly [path: string, text: string])[]> {
  const own = join(home, 'labs', name);
  const kept = await filesIn(own, ['-name', '*.log', '-o', '-name', 'journal.jsonl']);
  const places = [own, join(home, 'authorities'), join(home, 'workshops')];
  const open = await Promise.all(places.map((place) => filesIn(place, ['-perm', '-o=r'])));
  const paths = [...new Set([...kept, ...open.flat()])];
  return Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8').catch(() => '')] as const));
}

/** But for what is in nodes: that is theirs. */
async function filesIn(directory: string, tests: readonly string[]): Promise<readonly string[]> {
  const find = ['find', directory, '-name', 'nodes', '-prune', '-o', '-type', 'f', '(', ...tests, ')', '-print'];
  const { stdout } = await runProgram(find);
  return stdout.split('\n').filter((path) => path !== '');
}
