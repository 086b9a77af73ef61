import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { labLocks } from '../../src/process/lab-locks.ts';

test('a lab that another command has: which command that is', async () => {
  const home = await mkdtemp(join(tmpdir(), 'lab-locks-'));
  const program = join(home, 'main.js');
  const file = join(home, 'lock');
  await build({
    stdin: {
      contents: `import { holdLock } from './src/process/hold-lock.ts';
        const lock = await holdLock(process.env.LOCK);
        console.log('held');
        setInterval(() => lock, 1000);`,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    outfile: program,
  });
  // As the program that was built: without a package.json, Node takes main.js for CommonJS.
  const other = spawn(process.execPath, ['--experimental-default-type=module', program, 'up', 'chapter-2'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOCK: file },
  });
  try {
    await once(other.stdout, 'data');
    const { lock } = labLocks({ home, imagesLock: join(home, 'images') });
    await expect(lock(file)).rejects.toMatchObject({
      code: 'lab-locked',
      exit: 5,
      what: {
        en: `This lab is being changed by "lab up chapter-2" (process ${String(other.pid)}).`,
        fr: `Ce lab est en cours de modification par « lab up chapter-2 » (le processus ${String(other.pid)}).`,
      },
    });
  } finally {
    other.kill('SIGKILL');
    await once(other, 'exit');
    await rm(home, { recursive: true });
  }
});
