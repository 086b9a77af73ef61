// lab's own Debian package in a Debian 13 that has nothing but apt and a manual reader: installed without a network from
// what apt brings, used, removed, purged.

import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { readFirstId } from '../../src/provider/lxc/host/id-range.ts';
import { edition, imageStore, prepareImages, smallWorkshop } from './images-home.ts';
import { testHome } from './real-lab.ts';

const root = new URL('../..', import.meta.url).pathname;
const name = 'lab-package-test';
let parent: string;
/** Nobody is asked, and what a crash would cost is this node. */
const apt = 'DEBIAN_FRONTEND=noninteractive apt-get -q -o Dpkg::Options::=--force-unsafe-io';

beforeAll(async () => {
  parent = await mkdtemp(join(testHome(), 'package-'));
  await chmod(parent, 0o755);
  const made = await runProgram([join(root, 'scripts/package'), parent], { timeoutSeconds: 120 });
  if (made.exitStatus !== 0) throw new Error(made.stderr);
  const depends = await runProgram(['dpkg-deb', '--field', made.stdout.trim(), 'Depends']);
  await startNode(
    made.stdout.trim(),
    depends.stdout.split(', ').map((one) => one.trim().replace(/ .*/, '')),
  );
});
afterAll(async () => {
  await lxc('lxc-stop', '-k');
  await rm(parent, { recursive: true });
});

function lxc(program: string, ...args: readonly string[]) {
  return runProgram([program, '-P', join(parent, 'nodes'), '-n', name, ...args], { timeoutSeconds: 120 });
}

function attempt(script: string) {
  return lxc('lxc-attach', '--clear-env', '--', 'bash', '-ec', script);
}

async function run(script: string): Promise<string> {
  const result = await attempt(script);
  if (result.exitStatus !== 0) throw new Error(`${script}: ${result.stdout}${result.stderr}`);
  return result.stdout + result.stderr;
}

async function startNode(deb: string, depends: readonly string[]): Promise<void> {
  const home = join(parent, 'home');
  const [shared, pools] = [join(testHome(), 'images', 'pools'), join(home, 'images', 'pools')];
  await mkdir(pools, { recursive: true });
  // What the other suites have downloaded is not downloaded again.
  for (const pool of await readdir(shared)) await symlink(join(shared, pool), join(pools, pool));
  const base = { name: 'base', on: undefined, packages: ['systemd', 'systemd-sysv', 'dbus', 'man-db'], finish: [] };
  const workshop = { ...smallWorkshop, images: [base], poolPackages: depends };
  await prepareImages({ home, workshop });
  const store = imageStore(home, workshop);
  const first = String(await readFirstId());
  const overlay = join(parent, 'nodes', name, 'overlay');
  await mkdir(join(overlay, 'upper', 'srv'), { recursive: true });
  await cp(deb, join(overlay, 'upper', 'srv', 'lab.deb'));
  await runProgram(['chown', '-R', `${first}:${first}`, overlay]);
  const lines = [
    'lxc.include = /usr/share/lxc/config/common.conf',
    'lxc.include = /usr/share/lxc/config/userns.conf',
    `lxc.uts.name = ${name}`,
    `lxc.idmap = u 0 ${first} 65536`,
    `lxc.idmap = g 0 ${first} 65536`,
    `lxc.rootfs.path = overlay:${[...(await store.layersOf(edition, 'base')), join(overlay, 'upper')].join(':')}`,
    'lxc.rootfs.options = userxattr',
    'lxc.apparmor.profile = generated',
    'lxc.apparmor.allow_nesting = 1',
    'lxc.net.0.type = empty',
    `lxc.mount.entry = ${await store.poolDirectory(edition)} var/lib/lab/pool none bind,ro,create=dir 0 0`,
  ];
  await writeFile(join(parent, 'nodes', name, 'config'), `${lines.join('\n')}\n`);
  expect(await lxc('lxc-start')).toMatchObject({ exitStatus: 0 });
  const answers = () => lxc('lxc-attach', '--', 'systemctl', 'show', '-p', 'Version');
  expect(await waitUntil(async () => (await answers()).exitStatus === 0, { withinSeconds: 60 })).toBe(true);
}

test('is installed with what it depends on, and without a network', async () => {
  await run('! command -v lab node lxc-start');
  // LXC's own service waits half a minute for a bridge that a node may not make.
  await run(String.raw`printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d`);
  await run(`${apt} install -y /srv/lab.deb`);
  expect(await run('lab --version')).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('says what it can do, what there is, and what this host lacks', async () => {
  expect(await run('lab --help')).toContain('lab start chapter-1');
  expect(await run('lab list')).toContain('There is no lab yet');
  expect(await run('lab guide 2 --step 1')).toContain('## 1.');
  const doctor = await attempt('lab doctor');
  // In a node there is no place for the nodes of another lab; of what the package depends on, nothing is missing.
  expect(doctor).toMatchObject({ exitStatus: 4, stderr: '' });
  expect(doctor.stdout.match(/^✘ .*/gm)).toEqual([expect.stringContaining('overlays of nodes')]);
  expect(doctor.stdout.match(/is installed$/gm)?.length).toBeGreaterThan(5);
  const up = await attempt('lab up chapter-2');
  expect(up).toMatchObject({ exitStatus: 4 });
  expect(up.stderr).toContain('overlay');
  expect(await attempt('lab install')).toMatchObject({ exitStatus: 2 });
});

test('who is not root is told what to type, and may read', async () => {
  const nobody = (command: string) => attempt(`setpriv --reuid nobody --clear-groups ${command}`);
  const refused = await nobody('env LAB_NAME=alice lab up chapter-2');
  expect(refused).toMatchObject({ exitStatus: 4, stdout: '' });
  expect(refused.stderr).toContain('sudo lab --lab alice up chapter-2');
  expect(await nobody('lab guide 2 --step 1')).toMatchObject({ exitStatus: 0 });
  expect(await nobody('lab complete -- exec et')).toMatchObject({ stdout: 'etcd1\t\netcd2\t\netcd3\t\n:4\n' });
});

test('has its manual in both languages', async () => {
  expect(await run('man lab')).toMatch(/^LAB\(1\)[^]*NAME\s+lab\s+-\s+PostgreSQL[^]*EXIT STATUS/);
  expect(await run('man -L fr lab')).toMatch(/^LAB\(1\)[^]*NOM\s+lab\s+-\s+des clusters[^]*CODE DE RETOUR/);
  expect(await run('for l in en fr; do LC_ALL=C man --warnings -L $l lab 2>&1 >/dev/null; done')).toBe('');
});

test('completes in bash, by the file that bash-completion looks for', async () => {
  const press = 'COMP_WORDS=(lab up fai); COMP_CWORD=2; _lab; echo "${COMPREPLY[@]}"';
  expect(await run(`source /usr/share/bash-completion/completions/lab; ${press}`)).toBe('failover failback\n');
});

test('removed, it leaves the labs; purged too, and says so', async () => {
  const journal = '/var/lib/lab/labs/alice/journal.jsonl';
  await run(`mkdir -p $(dirname ${journal}) && echo '{"kind":"lab-created"}' >${journal}`);
  // Of one whose journal is lost, the nodes tell.
  await run('mkdir -p /var/lib/lab/labs/bob/nodes/etcd1');
  expect(await run(`${apt} remove -y lab`)).toContain('The labs in /var/lib/lab stay');
  expect(await run(`find /usr /var/lib/dpkg/info -path '*/lab*' -not -name 'lab.*list' -not -name 'lab.postrm'`)).toBe(
    '',
  );
  expect(await run(`${apt} purge -y lab`)).toContain('it holds labs (alice bob)');
  await run(`test -s ${journal}`);
});

test('purged without a lab, it leaves nothing', async () => {
  await run(
    `umount /var/lib/lab/pool && rm -r /var/lib/lab/labs/alice /var/lib/lab/labs/bob && ${apt} install -y /srv/lab.deb`,
  );
  expect(await run(`${apt} purge -y lab`)).toContain('/var/lib/lab is removed');
  await run('! test -e /var/lib/lab');
});
