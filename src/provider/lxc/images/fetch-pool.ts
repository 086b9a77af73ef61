// The package pool: everything that the images and the nodes ever install, as a flat repository on this machine.

import { chmod, copyFile, link, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../../model/words.ts';
import { passableDirectory } from './building-place.ts';
import { type Download, lastProgress, parseDownloads } from './download-list.ts';
import { type EditionSource } from './edition-sources.ts';
import { type ImageWork } from './image-work.ts';
import { type PrivateApt, setUpPrivateApt } from './private-apt.ts';

export interface PoolInput {
  readonly architecture: string;
  readonly packages: readonly string[];
  readonly sources: readonly EditionSource[];
  /** Kept until the pool is there: what was downloaded before an interruption isn't downloaded again. */
  readonly downloads: string;
  /** Pools that are there already: what they have isn't downloaded again. */
  readonly otherPools: readonly string[];
  readonly scratch: string;
}

/** Makes the pool in a directory of `scratch`, which this returns. */
export async function fetchPool(work: ImageWork, input: PoolInput): Promise<string> {
  const { architecture, sources, downloads } = input;
  const apt = await setUpPrivateApt(work, { directory: downloads, architecture, sources });
  const wanted = await packagesWanted(work, apt, input);
  const missing = await notYetThere(wanted, apt.archives, input.otherPools);
  if (missing.length > 0) await download(work, apt, input.packages, missing);
  work.progress(words('making the index', "création de l'index"));
  const pool = join(input.scratch, 'pool');
  await passableDirectory(pool);
  for (const { file } of wanted) await readableLink(join(apt.archives, file), join(pool, file));
  const index = await work.run(['apt-ftparchive', '--md5=false', '--sha1=false', '--sha512=false', 'packages', '.'], {
    cwd: pool,
  });
  await writeFile(join(pool, 'Packages'), index.stdout);
  await chmod(join(pool, 'Packages'), 0o644);
  return pool;
}

/** Essential packages are no one's dependency, so they are named by what they are. */
function installArguments(packages: readonly string[]): readonly string[] {
  return ['install', '?essential', '?priority(required)', ...packages];
}

async function packagesWanted(work: ImageWork, apt: PrivateApt, input: PoolInput): Promise<readonly Download[]> {
  // Where nothing is downloaded yet, so that apt lists everything.
  const empty = join(input.scratch, 'no-archives');
  await mkdir(join(empty, 'partial'), { recursive: true });
  const argv = ['apt-get', '-qq', '--print-uris', '-o', `Dir::Cache::archives=${empty}`];
  const result = await work.run([...argv, ...installArguments(input.packages)], { env: apt.env });
  return parseDownloads(result.stdout);
}

async function notYetThere(
  wanted: readonly Download[],
  archives: string,
  otherPools: readonly string[],
): Promise<readonly Download[]> {
  const missing: Download[] = [];
  for (const one of wanted) {
    const places = [archives, ...otherPools].map((directory) => join(directory, one.file));
    const found = await firstOfSize(places, one.bytes);
    if (found === undefined) missing.push(one);
    else if (found !== join(archives, one.file)) await linkOrCopy(found, join(archives, one.file));
  }
  return missing;
}

async function firstOfSize(paths: readonly string[], bytes: number): Promise<string | undefined> {
  for (const path of paths) {
    const size = await stat(path).then(
      (found) => found.size,
      () => undefined,
    );
    if (size === bytes) return path;
  }
  return undefined;
}

/** The nodes' apt reads it as nobody. */
async function readableLink(from: string, to: string): Promise<void> {
  await link(from, to);
  await chmod(to, 0o644);
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  await link(from, to).catch(() => copyFile(from, to));
}

async function download(
  work: ImageWork,
  apt: PrivateApt,
  packages: readonly string[],
  missing: readonly Download[],
): Promise<void> {
  const total = missing.reduce((sum, { bytes }) => sum + bytes, 0);
  const say = (percent: number, file: number): void => {
    const size = (bytes: number): string => (bytes / 1e6).toFixed(0);
    const done = size((total * percent) / 100);
    work.progress(
      words(
        `${done} of ${size(total)} MB, package ${file} of ${missing.length}`,
        `${done} sur ${size(total)} Mo, paquet ${file} sur ${missing.length}`,
      ),
    );
  };
  say(0, 1);
  await work.run(['apt-get', '-y', '-q', '--download-only', '-o', 'APT::Status-Fd=1', ...installArguments(packages)], {
    env: apt.env,
    onOutput: (text) => {
      const progress = lastProgress(text);
      if (progress) say(progress.percent, progress.file);
    },
  });
}
