// One network namespace with one bridge a lab; the host has no route to it and it has no way out (DESIGN.md, decision 1).

import { createHash } from 'node:crypto';
import { access, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type RunProgram, succeeded } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { defaultHome } from '../../model/home-paths.ts';
import { type LabName } from '../../model/ids.ts';
import { type LabObservation } from '../../model/observation.ts';
import { words } from '../../model/words.ts';

export const bridgeName = 'labbr0';

export interface NetworkDependencies {
  readonly run: RunProgram;
  readonly home: string;
  readonly lab: LabName;
  /** The bridge's own address: the trainer's seat. */
  readonly address: string;
  readonly prefixLength: number;
  /** A file that says that this lab made, or was about to make, the namespace. */
  readonly claim: string;
}

/** Namespaces' names are global: those of another home than the default one carry a hash of it. */
export function namespaceName(home: string, lab: LabName): string {
  if (home === defaultHome) return `lab-${lab}`;
  return `lab-${lab}-${createHash('sha256').update(home).digest('hex').slice(0, 6)}`;
}

export function namespacePath(name: string): string {
  return `/run/netns/${name}`;
}

/** `half`: made by this lab, but cut off before the bridge was up. */
type NetworkState = LabObservation['network'] | 'half';

export type NetworkWatch = () => Promise<NetworkState>;

/** Observes it again and again: one that was seen whole is whole as long as it is the same namespace. */
export function watchNetwork(deps: NetworkDependencies): NetworkWatch {
  const path = namespacePath(namespaceName(deps.home, deps.lab));
  let whole: number | undefined;
  return async () => {
    const inode = await stat(path).then(
      ({ ino }) => ino,
      () => undefined,
    );
    if (inode !== undefined && inode === whole) return 'present';
    const state = await observeNetwork(deps);
    whole = state === 'present' ? inode : undefined;
    return state;
  };
}

async function observeNetwork(deps: NetworkDependencies): Promise<NetworkState> {
  const name = namespaceName(deps.home, deps.lab);
  if (!(await exists(namespacePath(name)))) return 'absent';
  if (!(await exists(deps.claim))) return 'foreign';
  const link = await deps.run(['ip', '-n', name, '-json', 'link', 'show', 'dev', bridgeName]);
  if (!succeeded(link)) return 'half';
  const [bridge] = JSON.parse(link.stdout) as { ifalias?: string; flags?: string[] }[];
  if (bridge?.ifalias === undefined) return 'half';
  if (bridge.ifalias !== bridgeMark(deps)) return 'foreign';
  return 'present';
}

export async function createNetwork(deps: NetworkDependencies): Promise<void> {
  const state = await observeNetwork(deps);
  if (state === 'present') return;
  if (state === 'foreign') throw foreignNamespace(deps);
  const name = namespaceName(deps.home, deps.lab);
  if (state === 'half') await ip(deps, ['netns', 'delete', name]);
  await mkdir(dirname(deps.claim), { recursive: true });
  await writeFile(deps.claim, `${name}\n`);
  await ip(deps, ['netns', 'add', name]);
  await ip(deps, ['-n', name, 'link', 'set', 'lo', 'up']);
  await ip(deps, ['-n', name, 'link', 'add', bridgeName, 'type', 'bridge']);
  await ip(deps, ['-n', name, 'address', 'add', `${deps.address}/${String(deps.prefixLength)}`, 'dev', bridgeName]);
  await ip(deps, ['-n', name, 'link', 'set', bridgeName, 'up']);
  // Last: a bridge with this mark is a finished network.
  await ip(deps, ['-n', name, 'link', 'set', bridgeName, 'alias', bridgeMark(deps)]);
}

export async function destroyNetwork(deps: NetworkDependencies): Promise<void> {
  const state = await observeNetwork(deps);
  if (state === 'foreign') throw foreignNamespace(deps);
  if (state !== 'absent') await ip(deps, ['netns', 'delete', namespaceName(deps.home, deps.lab)]);
  await rm(deps.claim, { force: true });
}

function foreignNamespace(deps: NetworkDependencies): LabError {
  const name = namespaceName(deps.home, deps.lab);
  return new LabError(
    'network-foreign',
    words(
      `There is already a network namespace ${name}, and this lab didn't make it.`,
      `Il existe déjà un espace de noms réseau ${name}, et ce n'est pas ce lab qui l'a créé.`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        `Choose another name with --lab, or remove it if nobody needs it: ip netns delete ${name}`,
        `Choisissez un autre nom avec --lab, ou supprimez-le si personne n'en a besoin : ip netns delete ${name}`,
      ),
    },
  );
}

function bridgeMark(deps: NetworkDependencies): string {
  return `lab ${deps.lab} of ${deps.home}`;
}

async function ip(deps: NetworkDependencies, argv: readonly string[]): Promise<void> {
  const result = await deps.run(['ip', ...argv], { timeoutSeconds: 20 });
  if (succeeded(result)) return;
  throw new LabError(
    'network-failed',
    words(
      `The lab's network could not be set up: ip ${argv.join(' ')}: ${result.stderr.trim()}`,
      `Le réseau du lab n'a pas pu être mis en place : ip ${argv.join(' ')} : ${result.stderr.trim()}`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words('Ask "lab doctor" what this host lacks.', 'Demandez à « lab doctor » ce qui manque à cette machine.'),
    },
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
