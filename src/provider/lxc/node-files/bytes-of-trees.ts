import { type RunProgram } from '../../../model/command.ts';
import { confined } from './confined.ts';

/** What folders of nodes take on disk together; null: it can't be told. */
export async function bytesOfTrees(
  run: RunProgram,
  firstId: number,
  folders: readonly string[],
): Promise<number | null> {
  const seen = folders.map((path, index) => ({ as: `from/${String(index)}`, path }));
  const usage = await run(confined(firstId, seen, ['du', '--summarize', '--block-size=1', 'from']), {
    timeoutSeconds: 60,
  });
  return usage.exitStatus === 0 ? Number.parseInt(usage.stdout, 10) : null;
}
