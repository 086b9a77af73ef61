import { exitStatus, type ExitStatus } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { showControlCharacters } from '../model/show-control-characters.ts';
import { type Provider } from '../provider/provider.ts';
import { type World } from './services.ts';

/**
 * What the program says, with its control characters shown, its colours too. It has no terminal: neither its output nor
 * what it may open there reaches the person's. Ends with the program, or at Ctrl-C.
 */
export async function logsOnTerminal(
  world: Pick<World, 'stdout' | 'signal'>,
  provider: Pick<Provider, 'exec'>,
  node: NodeName,
  argv: readonly string[],
): Promise<ExitStatus> {
  const result = await provider.exec(node, argv, {
    timeoutSeconds: Number.POSITIVE_INFINITY,
    signal: world.signal,
    onOutput: (text) => world.stdout.write(showControlCharacters(text)),
  });
  if (result.cancelled) return exitStatus.interrupted;
  return (result.exitStatus ?? exitStatus.failed) as ExitStatus;
}
