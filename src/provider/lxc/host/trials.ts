// What nothing but trying tells. Every trial is in namespaces of its own and leaves nothing behind.

import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunProgram, succeeded } from '../../../model/command.ts';
import { type HostFacts, type Trial } from './host-facts.ts';

/** An overlay as nodes have it: without working `userxattr` the mkdir fails with an input/output error. */
const overlayScript = `
set -e
cd "$1"
mkdir -p lower/directory upper work merged
: >lower/directory/file
mount -t overlay -o userxattr,lowerdir=lower,upperdir=upper,workdir=work overlay merged
rm -r merged/directory
mkdir merged/directory
test ! -e merged/directory/file
`;

const bridgeScript =
  'ip link add labbr0 type bridge && ip link add veth0 type veth peer name veth1 && ip link set veth0 master labbr0';

export async function tryOut(
  run: RunProgram,
  directory: string,
  trials: { readonly netem: boolean },
): Promise<HostFacts['trials']> {
  const [userNamespace, overlay, network, netem] = await Promise.all([
    trial(run, ['unshare', '--user', '--map-root-user', 'true']),
    tryOverlay(run, directory),
    trial(run, ['unshare', '--net', 'sh', '-c', bridgeScript]),
    trials.netem
      ? trial(run, ['unshare', '--net', 'tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'])
      : undefined,
  ]);
  return { userNamespace, overlay, network, netem };
}

async function tryOverlay(run: RunProgram, directory: string): Promise<Trial> {
  const place = await mkdtemp(join(directory, '.lab-trial-')).catch((error: unknown) => String(error));
  if (!place.startsWith(directory)) return { worked: false, said: place };
  try {
    return await trial(run, [
      'unshare',
      '--user',
      '--map-root-user',
      '--mount',
      'sh',
      '-c',
      overlayScript,
      'sh',
      place,
    ]);
  } finally {
    await run(['rm', '-rf', '--', place]);
  }
}

async function trial(run: RunProgram, argv: readonly string[]): Promise<Trial> {
  const result = await run(argv, { timeoutSeconds: 20 });
  return { worked: succeeded(result), said: result.stderr };
}
