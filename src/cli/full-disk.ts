import { statfs } from 'node:fs/promises';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/** With less than this nothing works any more: etcd alone sets 64 MB aside for its log. */
const leastBytes = 64 * 1024 * 1024;

/**
 * A full disk shows in a hundred ways (a service that doesn't start, a file cut short, a journal without a line), so
 * after any failure the disk itself is asked. Returns the error as it is when there is room.
 */
export async function explainFullDisk(error: unknown, directory: string): Promise<unknown> {
  const bytesLeft = await statfs(directory).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => Number.POSITIVE_INFINITY,
  );
  if (bytesLeft >= leastBytes && !isNoSpace(error)) return error;
  const left = Math.max(0, Math.floor(bytesLeft / 1024 / 1024));
  const [en, fr] = error instanceof LabError ? [error.what.en, error.what.fr] : [String(error), String(error)];
  return new LabError(
    'disk-full',
    words(
      `No space left on the disk of ${directory} (${String(left)} MB). It showed as: ${en}`,
      `Plus de place sur le disque de ${directory} (${String(left)} Mo). Cela s'est vu ainsi : ${fr}`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Make room on that disk, then run the same command again.',
        'Libérez de la place sur ce disque, puis relancez la même commande.',
      ),
      cause: error,
    },
  );
}

function isNoSpace(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'ENOSPC') || isNoSpace(error.cause);
}
