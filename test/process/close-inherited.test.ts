import { expect, it } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';

const source = new URL('../../src/process/close-inherited.ts', import.meta.url).pathname;

it('what lab was started with beside its three streams is open in no program that lab starts', async () => {
  const script = `
    import { transformSync } from 'esbuild';
    import { readFileSync } from 'node:fs';
    import { execFileSync } from 'node:child_process';
    const { code } = transformSync(readFileSync('${source}', 'utf8'), { loader: 'ts' });
    const { closeInherited } = await import('data:text/javascript,' + encodeURIComponent(code));
    const open = () => execFileSync('ls', ['/proc/self/fd']).toString();
    if (process.argv[1] === 'close') closeInherited();
    process.stdout.write(open());`;
  const opened = 'exec 7</ 17</ 20</ 200</; exec "$@"';
  const node = [process.execPath, '--input-type=module', '--eval', script];
  const ask = async (how: string) =>
    (await runProgram(['bash', '-c', opened, 'bash', ...node, how])).stdout.split('\n');
  expect(await ask('leave')).toEqual(expect.arrayContaining(['200']));
  expect((await ask('close')).filter((number) => Number(number) > 3)).toEqual([]);
});
