import { statfs } from 'node:fs/promises';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { words } from '../../../model/words.ts';

/** Gigabytes. At its largest a build was seen to take 0.9 (0.7 without the pool); the labs on it want some as well. */
const needed = { edition: 2.5, layers: 1.5 } as const;

/** Throws before anything is begun: a disk that fills up in the middle would stop others as well. */
export async function requireSpace(directory: string, what: keyof typeof needed): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  const free = (bavail * bsize) / 1e9;
  const wanted = needed[what];
  if (free >= wanted) return;
  throw new LabError(
    'disk-too-small',
    words(
      `Building the images takes ${wanted} GB in ${directory}; ${free.toFixed(1)} GB are free.`,
      `La construction des images demande ${decimalComma(wanted)} Go dans ${directory} ; ${decimalComma(free.toFixed(1))} Go sont libres.`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Free some space, or choose another place with --home.',
        'Libérez de la place, ou choisissez un autre endroit avec --home.',
      ),
    },
  );
}

function decimalComma(number: number | string): string {
  return String(number).replace('.', ',');
}
