import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';

const sh = (script: string, ...values: readonly string[]) => ['sh', '-c', script, 'sh', ...values];

/** A zombie has ended: nobody has asked for its status yet. */
async function runs(pid: string): Promise<boolean> {
  const status = await readFile(`/proc/${pid.trim()}/status`, 'utf8').catch(() => '');
  return /^State:\s+[^ZX]/m.test(status);
}

const ended = (pid: string) => expect.poll(() => runs(pid), { timeout: 2000 }).toBe(false);

describe('a program that ends by itself', () => {
  it('gives its exit status and both streams, complete', async () => {
    const result = await runProgram(sh('head -c 300000 /dev/zero | tr "\\0" x; echo oh >&2; exit 3'));
    expect(result).toMatchObject({ exitStatus: 3, stderr: 'oh\n', timedOut: false, cancelled: false });
    expect(result.stdout).toBe('x'.repeat(300_000));
  });

  it('gets its arguments as they are', async () => {
    const result = await runProgram(['printf', '%s|', 'a b', '$HOME', "it's", '', '*']);
    expect(result.stdout).toBe("a b|$HOME|it's||*|");
  });

  it('reads the input that it is given', async () => {
    expect((await runProgram(['cat'], { input: 'été\n' })).stdout).toBe('été\n');
  });

  it('finds its input empty when there is none, instead of waiting for a person', async () => {
    expect(await runProgram(['cat'], { timeoutSeconds: 5 })).toMatchObject({
      exitStatus: 0,
      stdout: '',
      timedOut: false,
    });
  });

  it('may leave its input unread', async () => {
    const result = await runProgram(['true'], { input: 'x'.repeat(1_000_000) });
    expect(result).toMatchObject({ exitStatus: 0, cancelled: false });
  });

  it('gets variables and a directory', async () => {
    const result = await runProgram(sh('echo "$COLOUR $PWD"'), { env: { COLOUR: 'green' }, cwd: '/usr' });
    expect(result.stdout).toBe('green /usr\n');
  });

  it('is heard while it runs', async () => {
    const heard: string[] = [];
    const listener = new AbortController();
    const result = await runProgram(sh('echo one; echo two >&2; exec sleep 60'), {
      signal: listener.signal,
      onOutput: (text) => {
        heard.push(text);
        if (heard.join('').includes('one') && heard.join('').includes('two')) listener.abort();
      },
    });
    expect(heard.sort()).toEqual(['one\n', 'two\n']);
    expect(result.cancelled).toBe(true);
  });

  it('keeps the end of an output that is heard, when it is too long', async () => {
    let heard = 0;
    const result = await runProgram(sh('seq 1 100000'), {
      maxBytes: 1000,
      onOutput: (text) => {
        heard += text.length;
      },
    });
    expect(heard).toBe(588_895);
    expect(result.stdout).toMatch(/^\[the beginning of the output is left out\]\n/);
    expect(result.stdout).toMatch(/\n99999\n100000\n$/);
    expect(result.stdout.length).toBeLessThan(1100);
  });

  it('is not waited for beyond its end when a daemon of its own keeps the pipes', async () => {
    const result = await runProgram(sh('setsid sleep 60 & echo $!; exit 0'));
    expect(result.exitStatus).toBe(0);
    expect(result.seconds).toBeLessThan(30);
    expect(await runs(result.stdout)).toBe(true);
    process.kill(Number(result.stdout));
  });
});

describe('a program that does not start', () => {
  it('says that it was not found', async () => {
    const result = await runProgram(['no-such-program-anywhere', 'x']);
    expect(result).toMatchObject({ exitStatus: null, stdout: '', timedOut: false, cancelled: false });
    expect(result.stderr).toMatch(/^no-such-program-anywhere: .*ENOENT/);
  });

  it('says that its directory is missing', async () => {
    const result = await runProgram(['true'], { cwd: '/no/such/directory' });
    expect(result.exitStatus).toBeNull();
    expect(result.stderr).toContain('/no/such/directory');
  });

  it('is not even tried when the caller has given up already', async () => {
    const result = await runProgram(['touch', '/nowhere/at-all'], { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ exitStatus: null, cancelled: true, stderr: '' });
  });
});

describe('a program that is ended', () => {
  it('since it says too much says so, and is no success', async () => {
    const before = process.memoryUsage.rss();
    const result = await runProgram(sh('trap "exit 0" TERM; echo wrong >&2; while :; do echo "$0$0$0"; done'), {
      maxBytes: 1024 * 1024,
    });
    const stderr = 'sh said more than 1 MiB, and was ended\n';
    expect(result).toMatchObject({ exitStatus: null, stdout: '', stderr, timedOut: false, cancelled: false });
    expect(process.memoryUsage.rss() - before).toBeLessThan(100_000_000);
  });

  it('does so without being asked to, and whatever the program wants', async () => {
    const result = await runProgram(sh('trap "" TERM; exec yes'), { graceSeconds: 0.2 });
    expect(result).toMatchObject({ exitStatus: null, stderr: 'sh said more than 64 MiB, and was ended\n' });
  });

  it('ends with everything that it started when its time is up', async () => {
    const result = await runProgram(sh('sleep 60 & echo $!; wait'), { timeoutSeconds: 0.3 });
    expect(result).toMatchObject({ exitStatus: null, timedOut: true, cancelled: false });
    expect(result.seconds).toBeLessThan(30);
    await ended(result.stdout);
  });

  it('may tidy up when it is asked to end', async () => {
    const result = await runProgram(sh('trap "echo tidied; exit 7" TERM; echo ready; sleep 60 & wait'), {
      timeoutSeconds: 0.3,
    });
    expect(result).toMatchObject({ exitStatus: 7, timedOut: true, stdout: 'ready\ntidied\n' });
  });

  it('is ended after its time of grace when it does not listen', async () => {
    const result = await runProgram(sh('trap "" TERM; echo $$; while :; do sleep 1; done'), {
      timeoutSeconds: 0.2,
      graceSeconds: 0.3,
    });
    expect(result).toMatchObject({ exitStatus: null, timedOut: true });
    expect(result.seconds).toBeLessThan(30);
    await ended(result.stdout);
  });

  it('takes a grandchild along that does not listen', async () => {
    const result = await runProgram(sh('sh -c \'trap "" TERM; echo $$; while :; do sleep 1; done\' & wait'), {
      timeoutSeconds: 0.3,
      graceSeconds: 0.3,
    });
    expect(result.timedOut).toBe(true);
    await ended(result.stdout);
  });

  it('does not make us wait for a daemon that has left its group', async () => {
    const result = await runProgram(sh('setsid sh -c "echo \\$\\$; exec sleep 60" & sleep 60'), {
      timeoutSeconds: 0.3,
      graceSeconds: 0.3,
    });
    expect(result.timedOut).toBe(true);
    expect(result.seconds).toBeLessThan(30);
    process.kill(Number(result.stdout));
  });

  it('is told from one whose time was up when the caller gave up', async () => {
    const giveUp = new AbortController();
    const result = await runProgram(['sleep', '60'], {
      signal: giveUp.signal,
      timeoutSeconds: 30,
      ...abortSoon(giveUp),
    });
    expect(result).toMatchObject({ exitStatus: null, cancelled: true, timedOut: false });
    expect(result.seconds).toBeLessThan(30);
  });
});

function abortSoon(controller: AbortController): Record<string, never> {
  setImmediate(() => controller.abort());
  return {};
}
