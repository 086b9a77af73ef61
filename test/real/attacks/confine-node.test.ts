// What root in a node, who means harm, can not do: go on while it is frozen, take the host's processes and memory, write
// into the package pool, lend a program to a user of the host. About 15 seconds.

import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';
import { fromKeptEnd } from '../kept-end.ts';
import { program, realLab, removeLab } from '../real-lab.ts';

const lab = realLab('confined');
beforeAll(() => fromKeptEnd(lab, 'etcd'));
afterAll(() => removeLab(lab));

const ownFreezer = `
  mkdir -p /mnt/freezer
  mount -t cgroup -o freezer none /mnt/freezer 2>/dev/null || true
  for place in /sys/fs/cgroup/freezer /sys/fs/cgroup/unified /sys/fs/cgroup /mnt/freezer; do
    mkdir -p $place/away 2>/dev/null && echo 1 > $place/away/cgroup.procs || true
  done`;

test('nothing of a node goes on while its files are kept, whatever groups it makes', async () => {
  const tick = 'while :; do date +%s%N >> /root/ticks; sleep 0.03; done';
  await lab.inNode('etcd1', `systemd-run --quiet --unit ticks sh -c '${tick}'`);
  await lab.inNode('etcd1', 'until [ "$(wc -l < /root/ticks)" -gt 20 ]; do sleep 0.1; done');
  // The ticks stay where they are: it is the first process that leads away from them.
  await lab.inNode('etcd1', ownFreezer);
  const saved = await lab.mustLab(['save', 'ticks']);
  const told = Number(/(\d+(?:\.\d+)?) s/.exec(saved.stdout)?.[1] ?? Number.NaN);
  const ticks = (await lab.inNode('etcd1', 'systemctl stop ticks; cat /root/ticks')).trim().split('\n').map(BigInt);
  const gaps = ticks.slice(1).map((at, index) => Number(at - (ticks[index] ?? at)) / 1e9);
  const kept = join(lab.home, 'labs', lab.name, 'checkpoints', 'ticks');
  const last = await lastTick(kept);
  const silent = gaps[ticks.findIndex((at) => at === last)] ?? 0;
  const longest = Math.max(...gaps);
  expect(silent, `frozen for ${String(told)} s, the longest silence is ${String(longest)} s`).toBe(longest);
  expect(silent).toBeGreaterThan(told / 2);
  await lab.inNode('etcd1', 'rm /root/ticks');
});

test('a process that has ended, and of which nobody asks how, holds nothing up', async () => {
  const parent = 'import os, time\nif os.fork() == 0:\n  os._exit(0)\ntime.sleep(600)';
  await lab.inNode('etcd1', `systemd-run --quiet --unit parent python3 -c '${parent}'`);
  await lab.inNode('etcd1', "until ps -eo stat,args | grep -q '^Z.*python3'; do sleep 0.1; done");
  await lab.mustLab(['save', 'zombie']);
  await lab.inNode('etcd1', 'systemctl stop parent');
});

const freezer = '/sys/fs/cgroup/freezer/tasks';

test.runIf(existsSync(freezer))('one thread that is not frozen with its node is enough to keep nothing', async () => {
  const threads = 'import _thread, time\n_thread.start_new_thread(time.sleep, (600,))\ntime.sleep(600)';
  await lab.inNode('etcd2', `systemd-run --quiet --unit threads python3 -c '${threads}'`);
  await lab.inNode('etcd2', 'until [ "$(ps -eLo args | grep -c "[_]thread")" -ge 2 ]; do sleep 0.1; done');
  const [pid = ''] = (await runProgram(['pgrep', '--full', '^/usr/bin/python3 -c import _thread'])).stdout.split('\n');
  const thread = (await readdir(`/proc/${pid}/task`)).find((tid) => tid !== pid) ?? '';
  await writeFile(freezer, thread);
  const refused = await lab.lab(['save', 'threads', '--format', 'json']);
  expect(refused.exitStatus).toBe(1);
  expect(refused.stderr).toContain('node-not-still');
  expect(refused.stderr).toContain(`process ${pid} of this machine`);
  await lab.inNode('etcd2', 'systemctl kill --signal KILL threads');
});

test('a fork bomb and a flood of /dev/shm end in their own node, and the neighbours pass their checks', async () => {
  const bomb = 'import os, time\nfor _ in range(4000):\n  if os.fork() == 0:\n    time.sleep(600)\n';
  await lab.inNode('etcd3', `echo '${bomb.replaceAll('\n', "' >> /root/bomb; echo '")}' >> /root/bomb`);
  await lab.lab(['exec', 'etcd3', '--', 'python3', '/root/bomb']);
  // Nothing can be started in that node any more, not even what would end them.
  const bombs = (await runProgram(['pgrep', '--full', 'python3 /root/bomb'])).stdout.trim().split('\n');
  expect(bombs.length).toBeGreaterThan(100);
  expect(bombs.length).toBeLessThan(1024);
  const health = 'etcdctl endpoint health --endpoints http://10.0.3.64:2379,http://10.0.3.78:2379';
  await lab.inNode('etcd1', health);
  await runProgram(['kill', '-KILL', ...bombs]);
  const flood = 'head -c 4G /dev/zero > /dev/shm/flood';
  expect((await lab.lab(['exec', 'etcd3', '--', 'sh', '-c', flood])).exitStatus).not.toBe(0);
  await lab.inNode('etcd1', health);
});

test('the package pool can not be written, and has no programs that change the user', async () => {
  const pool = '/var/lib/lab/pool';
  await lab.inNode('etcd1', `mount -o remount,bind,rw ${pool} 2>/dev/null || true; ! touch ${pool}/mark 2>/dev/null`);
  expect(await lab.inNode('etcd1', `grep ${pool} /proc/mounts`)).toMatch(/ ro,[^ ]*nosuid,nodev/);
});

test('a user of the host can not run a program of a node', async () => {
  // The host's own program: one of the node's may not start on another Debian.
  const keep = 'base64 --decode > /usr/local/bin/lent && chmod 4755 /usr/local/bin/lent';
  const given = await runProgram([...program, 'exec', 'etcd1', '--', 'sh', '-c', keep], {
    env: { LAB_HOME: lab.home, LAB_NAME: lab.name },
    input: (await readFile('/usr/bin/id')).toString('base64'),
  });
  expect(given.exitStatus).toBe(0);
  const lent = join(lab.home, 'labs', lab.name, 'nodes/etcd1/overlay/upper/usr/local/bin/lent');
  expect((await stat(lent)).mode & 0o7777).toBe(0o4755);
  // setpriv itself still has root's rights when it starts a program; the shell's have gone.
  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--', 'sh', '-c', '"$0" -u', lent];
  const result = await runProgram(asNobody);
  expect(result.stdout).toBe('');
  expect(result.stderr).toContain('denied');
});

/** The last one that is in what was kept. */
async function lastTick(kept: string): Promise<bigint> {
  const files = await readdir(kept, { recursive: true });
  const found = files.find((file) => file.includes('etcd1') && file.endsWith('root/ticks'));
  if (found === undefined) throw new Error(`no ticks in ${kept}`);
  return BigInt((await readFile(join(kept, found), 'utf8')).trim().split('\n').at(-1) ?? '0');
}
