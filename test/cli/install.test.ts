import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { filesOfCheckout } from '../../src/cli/command-files.ts';
import { install, uninstall } from '../../src/cli/install.ts';
import { shellCompletions } from '../../src/cli/shell-completions.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { cliWorld, testProgram } from './cli-world.ts';

let prefix: string;
beforeEach(async () => {
  prefix = await mkdtemp(join(tmpdir(), 'lab-prefix-'));
});
afterEach(() => rm(prefix, { recursive: true }));

async function inWorld(verb: typeof install): Promise<string> {
  const { world, invocation, out } = await cliWorld();
  try {
    await verb(world, invocation, { prefix });
    return out();
  } finally {
    await rm(invocation.home, { recursive: true });
  }
}

async function filesThere(): Promise<readonly string[]> {
  return (await readdir(prefix, { recursive: true })).toSorted();
}

test('uninstall leaves the machine as it was before install', async () => {
  await mkdir(join(prefix, 'bin'));
  await mkdir(join(prefix, 'share/man/man1'), { recursive: true });
  await writeFile(join(prefix, 'share/man/man1/other.1'), '');
  const before = await filesThere();
  expect(await inWorld(install)).toContain(join(prefix, 'bin/lab'));
  expect(await filesThere()).toEqual(
    expect.arrayContaining([
      'bin/lab',
      'share/man/man1/lab.1',
      'share/man/fr/man1/lab.1',
      'share/bash-completion/completions/lab',
      'share/zsh/site-functions/_lab',
      'share/fish/vendor_completions.d/lab.fish',
    ]),
  );
  expect((await stat(join(prefix, 'bin/lab'))).mode & 0o777).toBe(0o755);
  // A second time it replaces what it wrote itself.
  await inWorld(install);
  expect(await inWorld(uninstall)).toContain('labs stay');
  expect((await filesThere()).filter((path) => path !== 'share/man')).toEqual(
    before.filter((path) => path !== 'share/man'),
  );
  expect(await inWorld(uninstall)).toContain('is not installed');
});

test('each shell finds its completion where an administrator may put it', () => {
  const paths = filesOfCheckout(testProgram('/x'), '/usr/local').map(({ path }) => join('/usr/local', path));
  expect(paths).toEqual(
    expect.arrayContaining([
      '/usr/local/share/bash-completion/completions/lab',
      '/usr/local/share/zsh/site-functions/_lab',
      '/etc/fish/completions/lab.fish',
    ]),
  );
});

test("somebody else's command of that name is neither replaced nor removed", async () => {
  await mkdir(join(prefix, 'bin'));
  await writeFile(join(prefix, 'bin/lab'), '#!/bin/sh\n');
  await expect(inWorld(install)).rejects.toMatchObject({ code: 'file-not-ours', exit: 4 });
  await inWorld(uninstall);
  expect(await filesThere()).toEqual(['bin', 'bin/lab']);
});

test('a checkout that was moved is told, with what to do', async () => {
  const [command] = filesOfCheckout(testProgram("/gone/it's here"), prefix);
  const file = join(prefix, 'lab');
  await writeFile(file, command?.text ?? '');
  const told = await runProgram(['sh', file, 'up'], { env: { LAB_LANG: 'fr' } });
  expect(told.exitStatus).toBe(4);
  expect(told.stderr).toContain("/gone/it's here, qui n'est plus là.");
  expect(told.stderr).toContain('sudo scripts/lab install');
  expect(await runProgram(['sh', file, 'complete', '--', ''])).toMatchObject({ exitStatus: 0, stdout: '', stderr: '' });
});

test('man pages have every verb, in both languages', async () => {
  for (const [path, name] of [
    ['share/man/man1/lab.1', 'NAME'],
    ['share/man/fr/man1/lab.1', 'NOM'],
  ] as const) {
    const text = filesOfCheckout(testProgram('/x'), prefix).find((file) => file.path === path)?.text ?? '';
    expect(text).toContain(`.SH ${name}\nlab \\- `);
    for (const verb of ['up', 'verify', 'exec', 'fault', 'measure', 'prune', 'install']) {
      expect(text).toMatch(new RegExp(`^\\.SS lab ${verb}\\b`, 'm'));
    }
    // Nothing that a person wrote is taken for a request to troff.
    const requests = text.split('\n').filter((line) => line.startsWith('.'));
    for (const request of requests) expect(request).toMatch(/^\.(?:\\"|TH|SH|SS|TP|B|BR|PP|nf|fi)(?: |$)/);
    expect(text).not.toContain('undefined');
  }
});

test('bash hands over what was typed, and evaluates none of it', async () => {
  const script = join(prefix, 'completion');
  await writeFile(script, shellCompletions('x').find(({ path }) => path.startsWith('bash'))?.text ?? '');
  const press = async (words: string): Promise<readonly string[]> => {
    const lines = [
      `lab() { printf '<%s>' "$@" >asked; printf 'alice\\tone\\nbob\\ttwo\\n:4\\n'; }`,
      `source ${script}`,
      `COMP_WORDS=(${words})`,
      'COMP_CWORD=$((${#COMP_WORDS[@]} - 1))',
      '_lab',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ];
    const { stdout } = await runProgram(['bash', '-c', `cd ${prefix}\n${lines.join('\n')}`]);
    return [await readFile(join(prefix, 'asked'), 'utf8'), ...stdout.trim().split('\n')];
  };
  expect(await press(`lab status --lab ''`)).toEqual(['<complete><--><status><--lab><>', 'alice', 'bob']);
  expect((await press('lab status --lab = al'))[0]).toBe('<complete><--><status><--lab><al>');
  expect((await press('lab status --lab ='))[0]).toBe('<complete><--><status><--lab><>');
  expect((await press(`lab exec etcd1 -- '$(touch evaluated)' x`))[0]).toContain('<$(touch evaluated)>');
  expect(await filesThere()).not.toContain('evaluated');
});
