import { isatty } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { attachProgram } from '../../src/process/attach-program.ts';

describe('a program with our terminal', () => {
  it('gives its own exit status', async () => {
    expect(await attachProgram(['sh', '-c', 'exit 42'], process, 'typing')).toBe(42);
  });

  it('gives 128+n when a signal ended it', async () => {
    expect(await attachProgram(['sh', '-c', 'kill -TERM $$'], process, 'typing')).toBe(143);
    expect(await attachProgram(['sh', '-c', 'kill -INT $$'], process, 'typing')).toBe(130);
  });

  it('has no controlling terminal where none of our streams is one, whatever lab was started from', async () => {
    expect([0, 1, 2].some((stream) => isatty(stream))).toBe(false);
    expect(await attachProgram(['sh', '-c', 'test "$(ps -o sid= -p $$ | tr -d " ")" = $$'], process, 'typing')).toBe(0);
  });

  it('hears then what the terminal says to lab', async () => {
    const attached = attachProgram(['sh', '-c', 'trap "exit 7" INT; while :; do sleep 0.1; done'], process, 'typing');
    const relays = process.listeners('SIGINT').length;
    expect(relays).toBeGreaterThan(0);
    process.kill(process.pid, 'SIGINT');
    expect([7, 130]).toContain(await attached);
    expect(process.listeners('SIGINT')).toHaveLength(relays - 1);
  });

  it('is a failure of this host when it is not there', async () => {
    const attached = attachProgram(['no-such-program-anywhere'], process, 'typing');
    await expect(attached).rejects.toMatchObject({ code: 'program-not-started', exit: 4 });
  });
});
