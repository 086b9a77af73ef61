// The host's user and group ids that stand for the 65536 of a node (/etc/subuid, /etc/subgid).

import { access, appendFile, constants, readFile } from 'node:fs/promises';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { words, type Words } from '../../../model/words.ts';
import { freeRange, rangesIn, sharedRange } from './id-ranges.ts';

export interface IdFiles {
  readonly subuid: string;
  readonly subgid: string;
}

const idFiles: IdFiles = { subuid: '/etc/subuid', subgid: '/etc/subgid' };

/** The first id of root's range of at least 65536 in both files; undefined when there is none. */
export async function findFirstId(files: IdFiles = idFiles): Promise<number | undefined> {
  const [uids, gids] = await Promise.all([readOrEmpty(files.subuid), readOrEmpty(files.subgid)]);
  return sharedRange(rangesIn(uids), rangesIn(gids), 'root');
}

/** The same for who can't go on without it (exit status 4). */
export async function readFirstId(files: IdFiles = idFiles): Promise<number> {
  const first = await findFirstId(files);
  if (first !== undefined) return first;
  throw new LabError(
    'id-range-missing',
    words(
      "Root has no range of 65536 ids for the nodes' users in /etc/subuid and /etc/subgid.",
      "Root n'a pas de plage de 65536 identifiants pour les utilisateurs des nœuds dans /etc/subuid et /etc/subgid.",
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words('"lab prepare" adds one.', '« lab prepare » en ajoute une.'),
    },
  );
}

/** Gives root a range that nobody has, where it has none; says so. */
export async function ensureIdRange(files: IdFiles = idFiles): Promise<readonly Words[]> {
  if ((await findFirstId(files)) !== undefined) return [];
  const texts = await Promise.all([readOrEmpty(files.subuid), readOrEmpty(files.subgid)]);
  const first = freeRange(texts.flatMap(rangesIn));
  const line = `root:${first}:65536`;
  for (const [index, file] of [files.subuid, files.subgid].entries()) {
    const text = texts[index] ?? '';
    await appendFile(file, `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`);
  }
  return [
    words(
      `Added to /etc/subuid and /etc/subgid, for the users of the nodes: ${line}`,
      `Ajouté à /etc/subuid et /etc/subgid, pour les utilisateurs des nœuds : ${line}`,
    ),
  ];
}

export async function idFilesWritable(files: IdFiles = idFiles): Promise<boolean> {
  const writable = [files.subuid, files.subgid].map((file) =>
    access(file, constants.W_OK).then(
      () => true,
      (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
    ),
  );
  return (await Promise.all(writable)).every(Boolean);
}

async function readOrEmpty(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  });
}
