import { type RunProgram, succeeded } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { words } from '../../../model/words.ts';
import { underNewName } from '../room-for-files.ts';

/**
 * Copies a folder with owners, modes, times, extended attributes (overlay's own among them), hard links, devices (an
 * overlay's whiteouts), capabilities of files. Blocks are shared where the file system can; elsewhere what is zero takes
 * no room: PostgreSQL and etcd fill files of 16 and 64 MB with zeros ahead. `target` must not exist.
 */
export async function copyTree(run: RunProgram, source: string, target: string, signal?: AbortSignal): Promise<void> {
  await underNewName(target, (draft) => copyTo(run, source, draft, signal));
}

async function copyTo(run: RunProgram, source: string, target: string, signal: AbortSignal | undefined): Promise<void> {
  // --archive alone is silent where extended attributes can't be kept; named, a failure to keep them is one.
  const kept = '--preserve=mode,ownership,timestamps,links,xattr';
  const how = ['--archive', kept, '--reflink=auto', '--sparse=always', '--no-target-directory'];
  // If lab is killed, so is cp: it would go on filling a folder that the next command wants to remove.
  const argv = ['setpriv', '--pdeathsig', 'KILL', 'cp', ...how, source, target];
  const result = await run(argv, { ...(signal && { signal }) });
  if (succeeded(result)) return;
  if (result.cancelled) throw interrupted();
  const why = result.stderr.trim().split('\n').at(-1) ?? '';
  throw new LabError(
    'copy-failed',
    words(`The nodes' files could not be copied: ${why}`, `Les fichiers des nœuds n'ont pas pu être copiés : ${why}`),
    {
      exit: exitStatus.hostCannot,
      hint: words('The lab itself is unchanged.', "Le lab lui-même n'a pas changé."),
    },
  );
}

function interrupted(): LabError {
  return new LabError('interrupted', words('Interrupted while copying.', 'Interrompu pendant la copie.'), {
    exit: exitStatus.interrupted,
  });
}

/** Removes folders whatever is in them: many times faster than we are ourselves. */
export async function removeTrees(run: RunProgram, folders: readonly string[]): Promise<void> {
  if (folders.length > 0) await run(['rm', '-rf', '--one-file-system', '--', ...folders]);
}
