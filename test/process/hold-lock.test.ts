import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdLock, type HeldLock, waitForLock, waitForSharedLock } from '../../src/process/hold-lock.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lab-lock-'));
  file = join(directory, 'deep', 'lock');
});
afterEach(() => rm(directory, { recursive: true }));

async function held(): Promise<HeldLock> {
  const lock = await holdLock(file);
  if (!('release' in lock)) throw new Error(`held by ${String(lock.heldBy)}`);
  return lock;
}

/** Another lab: takes the lock and holds it until it is killed. */
async function otherProcess() {
  const program = join(directory, 'other.mjs');
  await build({
    stdin: {
      contents: `import { holdLock } from './src/process/hold-lock.ts';
        const lock = await holdLock(process.argv[2]);
        console.log('release' in lock ? 'held' : 'refused');
        setInterval(() => lock, 1000);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: program,
  });
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: said.toString().trim(), pid: child.pid ?? 0 };
}

describe('a lock', () => {
  it('is held by one, and the other learns by whom', async () => {
    const lock = await held();
    expect(await holdLock(file)).toEqual({ heldBy: process.pid });
    await lock.release();
    await (await held()).release();
  });

  it('may be released twice, and the second release takes nothing from its next holder', async () => {
    const first = await held();
    await first.release();
    const second = await held();
    await first.release();
    expect(await holdLock(file)).toEqual({ heldBy: process.pid });
    await second.release();
  });

  it('is waited for, and who has it is said once', async () => {
    const first = await held();
    const said: (number | null)[] = [];
    const order: string[] = [];
    const waiting = waitForLock(file, {
      onWaiting: (pid) => {
        said.push(pid);
        order.push('waiting');
        void first.release();
        order.push('released');
      },
    });
    const second = await waiting;
    expect(said).toEqual([process.pid]);
    expect(order).toEqual(['waiting', 'released']);
    expect(await readFile(file, 'utf8')).toBe(`${String(process.pid)}\n`);
    await second.release();
  });

  it('is no longer waited for when the caller gives up', async () => {
    const first = await held();
    const giveUp = new AbortController();
    const waiting = waitForLock(file, { signal: giveUp.signal, onWaiting: () => giveUp.abort() });
    await expect(waiting).rejects.toMatchObject({ code: 'interrupted', exit: 130 });
    await first.release();
    await (await held()).release();
  });
});

describe('a shared lock', () => {
  it('is held by many at once, and by nobody alone meanwhile', async () => {
    const [one, two] = await Promise.all([waitForSharedLock(file), waitForSharedLock(file)]);
    await one.release();
    await one.release();
    expect(await holdLock(file)).toEqual({ heldBy: null });
    await two.release();
    await (await held()).release();
  });

  it('waits for the one that has it alone', async () => {
    const alone = await held();
    const giveUp = new AbortController();
    const givenUp = waitForSharedLock(file, { signal: giveUp.signal });
    giveUp.abort();
    await expect(givenUp).rejects.toMatchObject({ code: 'interrupted', exit: 130 });
    const waiting = waitForSharedLock(file);
    await alone.release();
    await (await waiting).release();
  });
});

describe('a lock of another process', () => {
  it('names that process', async () => {
    const other = await otherProcess();
    expect(other.said).toBe('held');
    expect(await holdLock(file)).toEqual({ heldBy: other.pid });
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
  });

  it('is gone the moment that process is killed', async () => {
    const other = await otherProcess();
    expect(await holdLock(file)).toHaveProperty('heldBy');
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
    await (await held()).release();
  });
});

describe('a lock whose folder is moved away', () => {
  it('is free for the next one in a new folder, also while the old one is held', async () => {
    const old = await held();
    await rename(dirname(file), `${dirname(file)}-away`);
    const next = await held();
    expect(await holdLock(file)).toEqual({ heldBy: process.pid });
    await old.release();
    await next.release();
  });

  it('is not taken with it by who waited for it: it gets the new one', async () => {
    const old = await held();
    let waiting: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (waiting = resolve));
    const waited = waitForLock(file, { onWaiting: waiting });
    await begun;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await rename(dirname(file), `${dirname(file)}-away`);
    await old.release();
    const lock = await waited;
    expect(await holdLock(file)).toEqual({ heldBy: process.pid });
    await lock.release();
  });
});
