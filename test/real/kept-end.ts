// The ends of chapters that the main road keeps. Whoever starts from one fails when it is not there: a chapter that is
// silently built again proves nothing, and takes minutes that nobody counted.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openChapterEnds } from '../../src/checkpoints/open-chapter-ends.ts';
import { editionName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { readFirstId } from '../../src/provider/lxc/host/id-range.ts';
import { createImageStore } from '../../src/provider/lxc/images/image-store.ts';
import { type RealLab } from './lab-runner.ts';
import { homeOfItsOwn, testHome } from './real-lab.ts';
import { workshop } from './the-workshop.ts';

/** Slugs of the chapters whose end, as the workshop is now, is kept in the tests' home; in the chapters' order. */
export async function keptEnds(edition = 'trixie'): Promise<readonly string[]> {
  const home = testHome();
  const images = createImageStore({
    home,
    workshop,
    runProgram,
    firstId: readFirstId,
    availableMemory: () => Promise.resolve(0),
  });
  const ends = openChapterEnds({ home, workshop, edition: editionName(edition), images, now: () => new Date() });
  const kept = (await ends.list()).map(({ chapter }) => chapter);
  return workshop.chapters.filter(({ id }) => kept.includes(id)).map(({ slug }) => slug);
}

/** Throws when it is not there. */
export async function needsKeptEnd(slug: string, edition = 'trixie'): Promise<void> {
  if ((await keptEnds(edition)).includes(slug)) return;
  throw new Error(
    `The end of chapter ${slug} on ${edition} is not kept in ${testHome()}. test/real/main-road/chapters.test.ts keeps those of trixie, and has to run first, in the same LAB_TEST_HOME.`,
  );
}

/** A lab that is restored to the end of a chapter. */
export async function fromKeptEnd(lab: RealLab, slug: string): Promise<void> {
  await needsKeptEnd(slug);
  await lab.mustLab(['up', slug]);
}

/** A home for a suite that removes kept ends or spoils them: it begins with copies of these. */
export async function homeWithKeptEnds(name: string, ...slugs: readonly string[]): Promise<string> {
  for (const slug of slugs) await needsKeptEnd(slug);
  const home = await homeOfItsOwn(name);
  const place = join('checkpoints', 'patroni-etcd', 'trixie');
  const wanted = workshop.chapters.filter(({ slug }) => slugs.includes(slug)).map(({ id }) => `${id}-`);
  const folders = (await readdir(join(testHome(), place))).filter((folder) =>
    wanted.some((beginning) => folder.startsWith(beginning)),
  );
  for (const folder of folders) {
    // Not fs.cp: owners and the overlay's attributes have to come along.
    const copied = await runProgram([
      'sh',
      '-c',
      'mkdir -p "$2" && cp -a "$1" "$2"',
      'sh',
      join(testHome(), place, folder),
      join(home, place),
    ]);
    if (copied.exitStatus !== 0) throw new Error(copied.stderr);
  }
  return home;
}
