// Where images are made before they are there. Everything unfinished is in a `tmp-` directory beside the finished ones.

import { chmod, mkdir, open, readdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { succeeded } from '../../../model/command.ts';
import { type StartProgram } from '../../../process/run-program.ts';
import { type ImageWork } from './image-work.ts';

const unfinished = 'tmp-';

/** Nodes' root is nobody on the host: it reaches its layers only through directories that everybody may pass. */
export async function passableDirectory(path: string): Promise<void> {
  const firstMade = await mkdir(path, { recursive: true });
  for (let made = path; firstMade !== undefined && made.length >= firstMade.length; made = dirname(made)) {
    await chmod(made, 0o755);
  }
}

/** What is being built just now, or was left by a lab that was killed: only the holder of the images' lock can tell. */
export async function unfinishedIn(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => name.startsWith(unfinished)).map((name) => join(directory, name));
}

/** To be called by the holder of the images' lock. */
export async function removeLeftovers(runProgram: StartProgram, directory: string): Promise<void> {
  const leftovers = await unfinishedIn(directory);
  if (leftovers.length === 0) return;
  // Some files of a build have odd owners and modes; rm is also several times faster than we are.
  const result = await runProgram(['rm', '-rf', '--one-file-system', '--', ...leftovers]);
  if (!succeeded(result)) throw new Error(`rm: ${result.stderr}`);
}

export async function newScratch(directory: string): Promise<string> {
  const path = join(directory, `${unfinished}${String(process.pid)}`);
  await passableDirectory(path);
  return path;
}

/** From now on it is there, whole, whatever happens to the power. Both paths are on one file system. */
export async function putInPlace(work: Pick<ImageWork, 'run'>, made: string, place: string): Promise<void> {
  await work.run(['sync', '--file-system', made]);
  await rename(made, place);
  const parent = await open(dirname(place), 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}
