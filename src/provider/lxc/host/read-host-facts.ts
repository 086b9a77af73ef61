import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import { release } from 'node:os';
import { dirname, join } from 'node:path';
import { type RunProgram } from '../../../model/command.ts';
import { readAvailableMemory } from './available-memory.ts';
import { type HomeFacts, type HostFacts } from './host-facts.ts';
import { hostSettings, settingPath } from './host-settings.ts';
import { isOfLabAlone, openPlaces } from './close-home.ts';
import { findFirstId, idFilesWritable } from './id-range.ts';
import { appArmorProgram, faultPrograms, neededPrograms } from './needed-programs.ts';
import { tryOut } from './trials.ts';

export interface HostDependencies {
  /** LAB_HOME; it need not be there yet. */
  readonly home: string;
  readonly run: RunProgram;
}

/** Where Debian keeps programs; root's own PATH may lack some of them. */
const programPlaces = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Reads, and tries out what reading doesn't tell; changes nothing. `netem`: also what only advice depends on. */
export async function readHostFacts(deps: HostDependencies, looks: { readonly netem: boolean }): Promise<HostFacts> {
  const isRoot = process.geteuid?.() === 0;
  const existing = await nearestExisting(deps.home);
  const notTried = { userNamespace: undefined, overlay: undefined, network: undefined, netem: undefined };
  const [programs, mounts, firstId, writable, settings, home, trials, appArmor, availableMemory] = await Promise.all([
    findPrograms(),
    readOrEmpty('/proc/self/mounts'),
    findFirstId(),
    idFilesWritable(),
    readSettings(),
    findFirstId().then((id) => readHome(deps.home, existing, id)),
    isRoot ? tryOut(deps.run, existing, looks) : notTried,
    readOrEmpty('/sys/module/apparmor/parameters/enabled'),
    readAvailableMemory(),
  ]);
  const lxcVersion = programs.has('lxc-start') ? await readLxcVersion(deps.run) : undefined;
  return {
    isRoot,
    kernelRelease: release(),
    programs,
    lxcVersion,
    mounts,
    firstId,
    idFilesWritable: writable,
    settings,
    home,
    trials,
    appArmor: appArmor.startsWith('Y'),
    availableMemory,
  };
}

async function findPrograms(): Promise<ReadonlySet<string>> {
  const wanted = [...Object.values({ ...neededPrograms, ...faultPrograms }).flat(), appArmorProgram];
  const found = await Promise.all(
    wanted.map(async (program) => {
      const places = await Promise.all(programPlaces.map((place) => executable(join(place, program))));
      return places.some(Boolean) ? [program] : [];
    }),
  );
  return new Set(found.flat());
}

async function readLxcVersion(run: RunProgram): Promise<string | undefined> {
  const result = await run(['lxc-start', '--version'], { timeoutSeconds: 20 });
  return /^\d[\w.~-]*/.exec(result.stdout)?.[0];
}

async function readSettings(): Promise<HostFacts['settings']> {
  const read = hostSettings.map(async ({ name }) => {
    const path = settingPath(name);
    const text = await readOrEmpty(path);
    if (text === '') return [name, undefined] as const;
    return [name, { value: Number(text), writable: await allowed(path, constants.W_OK) }] as const;
  });
  return new Map(await Promise.all(read));
}

async function readHome(path: string, existing: string, firstId: number | undefined): Promise<HomeFacts> {
  const { bavail, bsize } = await statfs(existing);
  const closed: string[] = [];
  for (let directory = existing; directory !== '/'; directory = dirname(directory)) {
    const here = await stat(directory);
    const nodesPass = (here.mode & 0o001) !== 0 || ((here.mode & 0o010) !== 0 && here.gid === firstId);
    // What lab closes itself it opens for the nodes' root as well.
    if (!nodesPass && !(directory === path && (await isOfLabAlone(path)))) closed.unshift(directory);
  }
  return { path, freeBytes: bavail * bsize, closed, open: existing === path ? await openPlaces(path) : [] };
}

async function nearestExisting(path: string): Promise<string> {
  if (path === dirname(path) || (await allowed(path, constants.F_OK))) return path;
  return nearestExisting(dirname(path));
}

const executable = (path: string): Promise<boolean> => allowed(path, constants.X_OK);

async function allowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function readOrEmpty(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
