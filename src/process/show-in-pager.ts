import { execa } from 'execa';

/**
 * Lets a person read a text in `pager` (a command of the shell), from this line on, until they leave it. False: it could
 * not be started, and nothing was shown.
 */
export async function showInPager(pager: string, text: string, line: number): Promise<boolean> {
  // As git and journalctl set them: a text that fits on the screen ends at once, colours are shown, and what was read
  // stays on the terminal, to be copied. LESSSECURE: who may only call lab as root must not get a shell from less.
  const env = { LESS: `FRX+${String(line)}`, LESSSECURE: '1', LESSCHARSET: 'utf-8', LV: '-c' };
  const result = await execa('sh', ['-c', pager], {
    env,
    input: text,
    stdout: 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  // 126 and 127 are the shell's own: no such program. One that is left early may end as it likes.
  return result.exitCode !== 126 && result.exitCode !== 127;
}
