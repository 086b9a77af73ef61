import { type RunProgram, succeeded } from '../../../model/command.ts';

/**
 * Removes folders whatever is in them, some of them lab's own and some a node's. `rm` goes down from folder to folder by
 * descriptors, follows no link and enters no mount, whatever happens meanwhile; Node's own goes by names, and is many times
 * slower. Says whether all of it is gone.
 */
export async function removeTrees(run: RunProgram, folders: readonly string[]): Promise<boolean> {
  return folders.length === 0 || succeeded(await run(['rm', '-rf', '--one-file-system', '--', ...folders]));
}
