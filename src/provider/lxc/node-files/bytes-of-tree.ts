import { type RunProgram } from '../../../model/command.ts';
import { confined } from './confined.ts';

/** What a folder of a node takes on disk; null: it can't be told. */
export async function bytesOfTree(run: RunProgram, firstId: number, folder: string): Promise<number | null> {
  const argv = confined(firstId, [{ as: 'from', path: folder }], ['du', '--summarize', '--block-size=1', 'from']);
  const usage = await run(argv, { timeoutSeconds: 60 });
  return usage.exitStatus === 0 ? Number.parseInt(usage.stdout, 10) : null;
}
