// The images and package pools of this machine: what is there, where it lies, and how it comes there.

import { succeeded } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type Announce } from '../../../model/events.ts';
import { type EditionName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { type Edition, type ImageDefinition, type Workshop } from '../../../model/workshop.ts';
import { holdLock, waitForLock } from '../../../process/hold-lock.ts';
import { type StartProgram } from '../../../process/run-program.ts';
import { buildImages } from './build-images.ts';
import { passableDirectory, removeLeftovers, unfinishedIn } from './building-place.ts';
import { editionPlaces, type EditionPlaces, type ImagesHome, imagesHome } from './image-places.ts';
import { withParents } from './rendered-images.ts';

export interface ImageStoreDependencies {
  /** LAB_HOME. */
  readonly home: string;
  readonly workshop: Workshop;
  readonly runProgram: StartProgram;
  /** First of the 65536 host ids that nodes are mapped to: the owner of their files. */
  readonly firstId: () => Promise<number>;
  /** Bytes that programs can still have; undefined where nobody knows. */
  readonly availableMemory: () => Promise<number | undefined>;
}

export interface PrepareImages {
  readonly announce: Announce;
  readonly signal: AbortSignal;
  /** A Debian mirror's address; without it those of the host's own apt. */
  readonly mirror?: string;
  /** These images and what they stand on; without it all of them. */
  readonly only?: readonly string[];
  /** Hears the name of each image as soon as it is there, also of those that were; not when nothing is missing. */
  readonly onImage?: (name: string) => void;
}

export interface ImageStore {
  isPrepared(edition: EditionName): Promise<boolean>;
  /** Directories, topmost first, as LXC wants them: `overlay:TOP:…:BASE:UPPER`. Throws when the image isn't built. */
  layersOf(edition: EditionName, image: string): Promise<readonly string[]>;
  /** To be mounted read-only in every node of the edition at `poolInNode`. Throws when it isn't there. */
  poolDirectory(edition: EditionName): Promise<string>;
  /** Builds what is missing. Comes back at once when nothing is. LabErrors: exit status 4, or 130 when interrupted. */
  prepare(edition: EditionName, options: PrepareImages): Promise<void>;
}

export function createImageStore(deps: ImageStoreDependencies): ImageStore {
  const architecture = onceOnly(() => readArchitecture(deps.runProgram));
  const home = imagesHome(deps.home);
  const places = async (edition: EditionName): Promise<EditionPlaces> =>
    editionPlaces({
      home,
      workshop: deps.workshop,
      edition: editionNamed(deps.workshop, edition),
      architecture: await architecture(),
      firstId: await deps.firstId(),
    });
  const prepared = async (edition: EditionName, only?: readonly string[]): Promise<boolean> => {
    const { images } = await places(edition);
    return images !== undefined && wanted(images, only).every((image) => image.there);
  };
  return {
    isPrepared: (edition) => prepared(edition),
    layersOf: async (edition, name) => {
      const found = (await places(edition)).images?.find(({ image }) => image.name === name);
      if (found === undefined || !found.there) throw notPrepared(edition);
      return [found.path, ...found.below];
    },
    poolDirectory: async (edition) => {
      const { pool, images } = await places(edition);
      if (images === undefined) throw notPrepared(edition);
      return pool;
    },
    prepare: async (edition, options) => {
      if (await prepared(edition, options.only)) {
        await tidy(deps.runProgram, home);
        return;
      }
      await passableDirectory(home.directory);
      const lock = await waitForLock(home.lock, {
        signal: options.signal,
        onWaiting: (pid) => options.announce({ kind: 'notice', text: waitingFor(pid) }),
      });
      try {
        await removeLeftovers(deps.runProgram, home.directory);
        // Whoever had the lock may have built it.
        if (await prepared(edition, options.only)) return;
        await buildImages({
          ...options,
          home,
          runProgram: deps.runProgram,
          edition: editionNamed(deps.workshop, edition),
          architecture: await architecture(),
          firstId: await deps.firstId(),
          availableMemory: await deps.availableMemory(),
          places: () => places(edition),
        });
      } finally {
        await lock.release();
      }
    },
  };
}

/** A lab that was killed when it had just finished leaves its scratch; one that is at work is left alone. */
async function tidy(runProgram: StartProgram, home: ImagesHome): Promise<void> {
  if ((await unfinishedIn(home.directory)).length === 0) return;
  const lock = await holdLock(home.lock);
  if (!('release' in lock)) return;
  try {
    await removeLeftovers(runProgram, home.directory);
  } finally {
    await lock.release();
  }
}

function wanted<Place extends { readonly image: ImageDefinition }>(
  places: readonly Place[],
  only: readonly string[] | undefined,
): readonly Place[] {
  const images = withParents(
    places.map(({ image }) => image),
    only,
  );
  return places.filter(({ image }) => images.includes(image));
}

function editionNamed(workshop: Workshop, name: EditionName): Edition {
  const edition = workshop.editions.find((candidate) => candidate.name === name);
  if (edition !== undefined) return edition;
  throw new Error(`the workshop has no edition ${name}`);
}

export async function readArchitecture(runProgram: StartProgram): Promise<string> {
  const result = await runProgram(['dpkg', '--print-architecture']);
  if (succeeded(result)) return result.stdout.trim();
  throw new LabError(
    'not-debian',
    words(
      'This host has no dpkg: lab needs Debian or a system made from it.',
      "Cette machine n'a pas dpkg : lab demande Debian ou un système qui en dérive.",
    ),
    { exit: exitStatus.hostCannot },
  );
}

function notPrepared(edition: EditionName): LabError {
  return new LabError(
    'image-missing',
    words(`The images of ${edition} are not built yet.`, `Les images de ${edition} ne sont pas encore construites.`),
    {
      exit: exitStatus.hostCannot,
      hint: words(`Build them: lab prepare --edition ${edition}`, `Construisez-les : lab prepare --edition ${edition}`),
    },
  );
}

function waitingFor(pid: number | null) {
  return words(
    `Another lab${pid === null ? '' : ` (process ${pid})`} is building images here: waiting for it.`,
    `Un autre lab${pid === null ? '' : ` (processus ${pid})`} construit des images ici : on l'attend.`,
  );
}

function onceOnly<T>(get: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | undefined;
  return () => (value ??= get());
}
