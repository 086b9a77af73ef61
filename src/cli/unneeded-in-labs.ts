import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unfinished } from '../checkpoints/places.ts';
import { labsDirectory } from '../model/home-paths.ts';
import { type Prunable } from '../model/prunable.ts';
import { isLeftover } from './remove-lab-folder.ts';

/** So many transcripts of each lab stay, the newest. */
const transcriptsKept = 20;

/** Of labs in which nobody is at work: old transcripts, and what commands that were killed had not finished. */
export async function unneededInLabs(home: string): Promise<readonly Prunable[]> {
  const labs = labsDirectory(home);
  const names = await namesIn(labs);
  const found: Prunable[] = names.filter(isLeftover).map((name) => ({ kind: 'draft', path: join(labs, name) }));
  for (const lab of names.filter((name) => !isLeftover(name)).map((name) => join(labs, name))) {
    const drafts = [
      ...(await pathsIn(join(lab, 'nodes'), (name) => name.startsWith('.draft-'))),
      ...(await pathsIn(join(lab, 'checkpoints'), (name) => name.includes(unfinished))),
    ];
    found.push(...drafts.map((path) => ({ kind: 'draft', path }) as const));
    const transcripts = await pathsIn(join(lab, 'transcripts'), (name) => name.endsWith('.log'));
    // Their names begin with the time.
    const old = transcripts.sort().slice(0, -transcriptsKept);
    found.push(...old.map((path) => ({ kind: 'transcript', path }) as const));
  }
  return found;
}

async function pathsIn(directory: string, wanted: (name: string) => boolean): Promise<string[]> {
  return (await namesIn(directory)).filter(wanted).map((name) => join(directory, name));
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch(() => []);
}
