// A LAB_HOME of the images' own tests: a workshop with three small images, ways to prepare it, to be killed at it, and
// to see what is left.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type LabEvent } from '../../src/model/events.ts';
import { editionName } from '../../src/model/ids.ts';
import { type Workshop } from '../../src/model/workshop.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { ensureIdRange, readFirstId } from '../../src/provider/lxc/host/id-range.ts';
import { createImageStore, type ImageStore, type PrepareImages } from '../../src/provider/lxc/images/image-store.ts';

export const edition = editionName('trixie');

export const smallWorkshop: Workshop = {
  name: 'images',
  directory: '/nowhere',
  network: { address: '10.0.3.1', prefixLength: 24 },
  editions: [{ name: edition, values: {} }],
  defaultEdition: edition,
  images: [
    { name: 'base', on: undefined, packages: ['systemd', 'systemd-sysv', 'dbus', 'apt', 'less'], finish: [] },
    { name: 'jq', on: 'base', packages: ['jq'], finish: ['touch /etc/finished', 'test -x /usr/bin/jq'] },
    { name: 'etcd', on: 'base', packages: ['etcd-server'], finish: ['systemctl disable etcd'] },
  ],
  limits: { processes: 1024, memoryMegabytes: 1024 },
  volumes: [],
  poolPackages: ['haproxy'],
  values: {},
  nodes: [],
  groups: {},
  chapters: [],
};

/** A directory for a whole test file, which every user may pass. Not in /tmp: a tmpfs there may carry no overlay. */
export async function makeParent(): Promise<string> {
  await ensureIdRange();
  const parent = await mkdtemp('/var/tmp/lab-images-');
  await runProgram(['chmod', '755', parent]);
  return parent;
}

export function imageStore(home: string, workshop = smallWorkshop, memory = 4e9): ImageStore {
  return createImageStore({ home, workshop, runProgram, firstId: readFirstId, availableMemory: async () => memory });
}

/** Prepares, and returns what was announced; `hear` may give up in the middle. */
export async function prepareImages(
  options: Pick<PrepareImages, 'only' | 'mirror'> & {
    readonly home: string;
    readonly workshop?: Workshop;
    /** Bytes that this machine is to have left. */
    readonly memory?: number;
  },
  hear: (event: LabEvent, giveUp: () => void) => void = () => undefined,
): Promise<readonly LabEvent[]> {
  const { home, workshop, memory, ...rest } = options;
  const events: LabEvent[] = [];
  const interruption = new AbortController();
  const announce = (event: LabEvent): void => {
    events.push(event);
    hear(event, () => interruption.abort());
  };
  await imageStore(home, workshop, memory).prepare(edition, { announce, signal: interruption.signal, ...rest });
  return events;
}

/** Another lab that prepares the same home, ended by SIGKILL as soon as it announces the text. Returns what it said. */
export async function prepareKilledAt(text: string, parent: string, home: string): Promise<string> {
  const program = join(parent, 'prepare.mjs');
  await build({
    stdin: {
      contents: `import { createImageStore } from './src/provider/lxc/images/image-store.ts';
        import { runProgram } from './src/process/run-program.ts';
        const { home, workshop, edition, firstId } = JSON.parse(process.argv[2]);
        await createImageStore({ home, workshop, runProgram, firstId: async () => firstId, availableMemory: async () => 4e9 }).prepare(edition, {
          announce: (event) => console.log(JSON.stringify(event)),
          signal: new AbortController().signal,
        });`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: program,
  });
  const input = JSON.stringify({ home, workshop: smallWorkshop, edition, firstId: await readFirstId() });
  const child = spawn(process.execPath, [program, input], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  let said = '';
  for await (const piece of child.stdout) {
    said += String(piece);
    if (said.includes(text)) break;
  }
  child.kill('SIGKILL');
  await exit;
  if (child.signalCode !== 'SIGKILL') throw new Error(`it ended before it said "${text}": ${said}`);
  return said;
}

export async function removeLayer(home: string, name: string): Promise<void> {
  const [path = ''] = await imageStore(home).layersOf(edition, name);
  await rm(path, { recursive: true });
}

export async function listed(...path: readonly string[]): Promise<readonly string[]> {
  return (await readdir(join(...path))).sort();
}

export async function unfinished(home: string): Promise<readonly string[]> {
  return (await listed(home, 'images')).filter((name) => name.startsWith('tmp-'));
}

/** The lines of work that built something. */
export function builtItems(events: readonly LabEvent[]): readonly string[] {
  const built = events.flatMap((event) =>
    event.kind === 'item-finished' && event.outcome === 'done' ? [event.item] : [],
  );
  return built.sort();
}

/** How mmdebstrap was called. */
export function bootstraps(events: readonly LabEvent[]): readonly string[] {
  const commands = events.flatMap((event) => (event.kind === 'command-ran' ? [event.argv.join(' ')] : []));
  return commands.filter((argv) => / mmdebstrap /.test(argv));
}

/** Processes, other than this one, that have anything of the directory in their arguments or their mounts. */
export async function processesOf(directory: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = pids.map(async (pid) => {
    const read = (file: string): Promise<string> => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const used = (await read('cmdline')).includes(directory) || (await read('mounts')).includes(directory);
    return used ? [pid] : [];
  });
  return (await Promise.all(found)).flat();
}

export async function mountsOf(directory: string): Promise<readonly string[]> {
  return (await readFile('/proc/self/mounts', 'utf8')).split('\n').filter((line) => line.includes(directory));
}
