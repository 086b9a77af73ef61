import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { attachProgram } from '../../src/process/attach-program.ts';

describe('a program with our terminal', () => {
  it('gives its own exit status', async () => {
    expect(await attachProgram(['sh', '-c', 'exit 42'])).toBe(42);
  });

  it('gives 128+n when a signal ended it', async () => {
    expect(await attachProgram(['sh', '-c', 'kill -TERM $$'])).toBe(143);
    expect(await attachProgram(['sh', '-c', 'kill -INT $$'])).toBe(130);
  });

  it('is in our own process group, as the terminal wants it', async () => {
    const [, group] = /^\d+ \([^)]*\) \S \d+ (\d+)/.exec(readFileSync('/proc/self/stat', 'utf8')) ?? [];
    const sameGroup = 'test "$(ps -o pgid= -p $$ | tr -d " ")" = "$0"';
    expect(await attachProgram(['sh', '-c', sameGroup, group ?? ''])).toBe(0);
  });

  it('is a failure of this host when it is not there', async () => {
    const attached = attachProgram(['no-such-program-anywhere']);
    await expect(attached).rejects.toMatchObject({ code: 'program-not-started', exit: 4 });
  });
});
