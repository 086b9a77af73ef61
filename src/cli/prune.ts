// lab prune: what nothing in the home needs any more, shown, and removed after asking.

import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Prunable, type Weighed } from '../model/prunable.ts';
import { settleAll } from '../model/settle-all.ts';
import { verbatim, words } from '../model/words.ts';
import { type Workshop } from '../model/workshop.ts';
import { askYesNo } from '../ui/ask-yes-no.ts';
import { formatBytes } from '../ui/format-quantity.ts';
import { renderPrunable } from '../ui/render-prunable.ts';
import { type Invocation } from './invocation.ts';
import { pageOf } from './page-of.ts';
import { type Services, type Verb } from './services.ts';
import { unneededInLabs } from './unneeded-in-labs.ts';

export interface PruneOptions {
  readonly dryRun?: boolean;
}

export const prune: Verb<[options: PruneOptions]> = async (world, invocation, { dryRun = false }) => {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const found = await weighed(services, await findUnneeded(services, workshop, invocation));
  const page = pageOf(world, invocation);
  const json = page.format === 'json';
  if (!json || dryRun || found.length === 0) renderPrunable(found, { removed: false }, page);
  if (dryRun || found.length === 0) return exitStatus.done;
  if (!invocation.yes && !(await askYesNo(question(found), invocation.language))) return exitStatus.done;
  const removed = await removeUnneeded(services, workshop, invocation, found);
  renderPrunable(removed, { removed: true }, page);
  return exitStatus.done;
};

/** As `lab prune` says it in its help. Looked at without a lock, it is what could be so in a moment. */
export async function findUnneeded(
  services: Services,
  workshop: Workshop,
  { home }: Pick<Invocation, 'home'>,
): Promise<readonly Prunable[]> {
  const ends = await settleAll(workshop.editions.map(({ name }) => services.chapterEnds(workshop, name).removable()));
  const going = ends.flat();
  return [
    ...(await services.unneededImages(workshop, new Set(going))),
    ...going.map((path) => ({ kind: 'chapter-end', path }) as const),
    ...(await unneededInLabs(home)),
  ];
}

export async function weighed(services: Services, found: readonly Prunable[]): Promise<readonly Weighed[]> {
  if (found.length === 0) return [];
  const bytes = new Map<string, number>();
  for (const paths of inParts(found.map(({ path }) => path))) {
    // A file that several of them have is counted once.
    const { stdout } = await services.run(['du', '--summarize', '--block-size=1', '--', ...paths]);
    for (const line of stdout.split('\n')) {
      const [size = '', path = ''] = line.split('\t');
      bytes.set(path, Number.parseInt(size, 10) || 0);
    }
  }
  return found.map((one) => ({ ...one, bytes: bytes.get(one.path) ?? 0 }));
}

/** What was shown and is still not needed, once nobody else is at work in the home. */
async function removeUnneeded(
  services: Services,
  workshop: Workshop,
  invocation: Invocation,
  shown: readonly Weighed[],
): Promise<readonly Weighed[]> {
  const alone = await services.haveHomeAlone();
  try {
    const still = new Set((await findUnneeded(services, workshop, invocation)).map(({ path }) => path));
    const going = shown.filter(({ path }) => still.has(path));
    const aside = await settleAll(going.map(moveAside));
    for (const paths of inParts(aside)) {
      const result = await services.run(['rm', '-rf', '--one-file-system', '--', ...paths]);
      if (!succeeded(result)) throw notRemoved(result.stderr);
    }
    return going;
  } finally {
    await alone.release();
  }
}

/** What others look for by its name is there whole, or not at all. */
async function moveAside({ kind, path }: Prunable): Promise<string> {
  if (kind !== 'layer' && kind !== 'pool' && kind !== 'chapter-end') return path;
  const aside = join(dirname(path), `.tmp-${randomBytes(4).toString('hex')}-${basename(path)}`);
  // `lab prepare` may have removed the end of a chapter a moment ago.
  await rename(path, aside).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  return aside;
}

/** As many as the arguments of a program may be: transcripts are many. */
function inParts(paths: readonly string[]): readonly (readonly string[])[] {
  const most = 1000;
  return Array.from({ length: Math.ceil(paths.length / most) }, (_, part) =>
    paths.slice(part * most, (part + 1) * most),
  );
}

function question(found: readonly Weighed[]) {
  const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  return words(`Remove them (${formatBytes(bytes, 'en')})?`, `Les supprimer (${formatBytes(bytes, 'fr')}) ?`);
}

function notRemoved(why: string): LabError {
  return new LabError('prune-failed', verbatim(why.trim()), { exit: exitStatus.hostCannot });
}
