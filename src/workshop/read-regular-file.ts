import { type FileHandle } from 'node:fs/promises';
import { words, type Words } from '../model/words.ts';
import { mistakeAt, workshopInvalid } from './mistake.ts';
import { openInside } from './open-inside.ts';

/** The largest file of a workshop; a chapter's text is a hundredth of that. */
export const mostFileBytes = 1024 * 1024;

export type ReadFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused'; readonly why: Words };

/** The text of a regular file that is not too large; never waits, and follows no link in the place of the file. */
export async function readRegularFile(path: string): Promise<ReadFile> {
  const opened = await openInside(path, 'file');
  if (opened.kind !== 'open') return opened;
  const { handle, bytes } = opened;
  try {
    if (bytes > mostFileBytes) return { kind: 'refused', why: tooLarge(bytes) };
    const content = await readUpTo(handle, bytes + 1);
    // One that grows, or says that it is empty as those of /proc do.
    if (content.length > bytes) return { kind: 'refused', why: longerThanItSays };
    return { kind: 'text', text: content.toString('utf8') };
  } finally {
    await handle.close();
  }
}

/** A file that was there when the workshop was checked. Throws `workshop-invalid` (exit status 3). */
export async function readWorkshopFile(path: string): Promise<string> {
  const read = await readRegularFile(path);
  if (read.kind === 'text') return read.text;
  const why = read.kind === 'absent' ? words('this file is gone', "ce fichier n'est plus là") : read.why;
  throw workshopInvalid([mistakeAt({ file: path, text: '' }, 0, why)]);
}

async function readUpTo(handle: FileHandle, most: number): Promise<Buffer> {
  const buffer = Buffer.alloc(most);
  let held = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, held, most - held);
    held += bytesRead;
    if (bytesRead === 0 || held === most) return buffer.subarray(0, held);
  }
}

function tooLarge(bytes: number): Words {
  const [most, megabytes] = [mostFileBytes, bytes].map((size) => String(Math.ceil(size / 1024 / 1024)));
  return words(
    `this file has ${String(megabytes)} MiB; a workshop's files have ${String(most)} MiB at most`,
    `ce fichier fait ${String(megabytes)} Mio ; les fichiers d'un atelier font ${String(most)} Mio au plus`,
  );
}

const longerThanItSays = words(
  'this file is longer than it says, or grows while it is read',
  "ce fichier est plus long qu'il ne le dit, ou grandit pendant la lecture",
);
