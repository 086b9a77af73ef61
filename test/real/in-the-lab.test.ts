// What a person does in a lab with their own hands: shells, commands, journals, and a look that stays on screen.

import { appendFile, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src/process/run-program.ts';
import { waitUntil } from '../../src/clock/wait-until.ts';
import { fromKeptEnd } from './kept-end.ts';
import { newestTranscript } from './killed-when.ts';
import { homeOfItsOwn, program, realLab, removeLab, testHome } from './real-lab.ts';
import { ctrlC, enter, labAtTerminal, shellAtTerminal } from './terminal.ts';

describe('in a lab at the end of chapter 1', () => {
  const lab = realLab('hands');
  beforeAll(() => fromKeptEnd(lab, 'etcd'));
  afterAll(() => removeLab(lab));

  test('exec hands over standard input, output and the exit status, and nothing else', async () => {
    const result = await runProgram([...program, 'exec', 'etcd2', '--', 'sh', '-c', 'cat; echo aside >&2; exit 7'], {
      env: { LAB_HOME: lab.home, LAB_NAME: lab.name },
      input: 'from outside\n',
    });
    expect(result).toMatchObject({ exitStatus: 7, stdout: 'from outside\n', stderr: 'aside\n' });
  });

  test('shell NODE is a login shell on that node, which ends with its own status', async () => {
    const terminal = labAtTerminal(lab, ['shell', 'etcd1']);
    await terminal.shows(/root@etcd1/);
    terminal.type(`tty && hostname --all-ip-addresses && shopt login_shell${enter}`);
    await terminal.shows(/\/dev\/pts\/\d+\s+10\.0\.3\.64\s+login_shell\s+on/);
    terminal.type(`exit 3${enter}`);
    expect(await terminal.ended).toBe(3);
  });

  test("shell is the trainer's seat: it sees the lab's network, and no way out", async () => {
    const terminal = labAtTerminal(lab, ['shell']);
    await terminal.shows(/\(hands\) trainer:/);
    terminal.type(`curl --silent http://10.0.3.64:2379/health${enter}`);
    await terminal.shows(/\{"health":"true"/);
    terminal.type(`ip route get 192.0.2.1; echo "status $?"${enter}`);
    await terminal.shows(/Network is unreachable\s+status 2/);
    terminal.type(`exit 4${enter}`);
    expect(await terminal.ended).toBe(4);
  });

  test('exec takes nothing of what is typed, unless it is asked to', async () => {
    const command = [...program, 'exec', 'etcd1', '--', 'sh', '-c', '"echo ready; cat"'].join(' ');
    const terminal = shellAtTerminal(lab, ['-c', `${command}; read -r line; echo "left: $line"`]);
    terminal.type(`typed ahead${enter}`);
    await terminal.shows(/ready\s+left: typed ahead/);
    expect(await terminal.ended).toBe(0);
    const asked = labAtTerminal(lab, [
      'exec',
      '-i',
      'etcd1',
      '--',
      'sh',
      '-c',
      'tty; read -r line; echo "read: $line"',
    ]);
    await asked.shows(/\/dev\/pts\/\d+/);
    asked.type(`to the program${enter}`);
    await asked.shows(/read: to the program/);
    expect(await asked.ended).toBe(0);
  });

  test('Ctrl-C ends what exec runs in the node', async () => {
    const terminal = labAtTerminal(lab, ['exec', 'etcd1', '--', 'sh', '-c', 'echo ready; exec sleep 4321']);
    await terminal.shows(/ready/);
    terminal.type(ctrlC);
    expect(await terminal.ended).toBe(130);
    expect(await lab.inNode('etcd1', 'pgrep --full --exact "sleep 4321" || echo none')).toBe('none\n');
  });

  test('a shell whose node is killed says so, and does not end well', async () => {
    const terminal = labAtTerminal(lab, ['shell', 'etcd3']);
    await terminal.shows(/root@etcd3/);
    await lab.mustLab(['fault', 'kill-node', 'etcd3']);
    await terminal.shows(/etcd3 is stopped: that ended the shell[^]*fault kill-node\. "lab heal" takes it back/);
    expect(await terminal.ended).toBe(1);
    expect((await lab.lab(['exec', 'etcd3', '--', 'true'])).stderr).toContain('"lab heal" takes it back');
    await lab.mustLab(['heal']);
  });

  test('logs shows the journal of a node, or of one unit', async () => {
    await lab.inNode('etcd3', 'logger --tag workshop a line of its own');
    const whole = await lab.mustLab(['logs', 'etcd3']);
    expect(whole.stdout).toContain('workshop[');
    const unit = await lab.mustLab(['logs', 'etcd3', 'etcd', '--lines', '5']);
    expect(unit.stdout.trim().split('\n')).toHaveLength(5);
    expect(unit.stdout).not.toContain('workshop[');
    expect(unit.stdout).toMatch(/ etcd3 etcd\[\d+\]: /);
  });

  test('logs of a unit that the node does not have: the nearest one, and where to look', async () => {
    const result = await lab.lab(['logs', 'etcd3', 'etdc']);
    expect(result.exitStatus).toBe(2);
    expect(result.stderr).toContain('etcd3 has no unit "etdc".');
    expect(result.stderr).toContain('Did you mean etcd?');
    expect((await lab.mustLab(['logs', 'etcd3', 'etc*'])).stdout).toMatch(/ etcd3 etcd\[\d+\]: /);
  });

  test('logs -f follows until Ctrl-C, and leaves nothing running in the node', async () => {
    const terminal = labAtTerminal(lab, ['logs', 'etcd2', '--follow', '--lines', '1']);
    await terminal.shows(/etcd2 \S+/);
    await lab.inNode('etcd2', 'logger --tag workshop while somebody follows');
    await terminal.shows(/workshop\[\d+\]: while somebody follows/);
    terminal.type(ctrlC);
    await terminal.ended;
    // One that has ended stands there until the host's first process has taken note of it.
    const running = () => lab.inNode('etcd2', 'ps -C journalctl -o stat= | grep -v Z || echo none');
    expect(await running()).toBe('none\n');
  });

  test('status --watch draws what changes, and leaves with Ctrl-C', async () => {
    const terminal = labAtTerminal(lab, ['status', '--watch']);
    await terminal.shows(/etcd: 3 of 3 members healthy/);
    await lab.inNode('etcd3', 'systemctl stop etcd');
    await terminal.shows(/etcd: 2 of 3 members healthy/);
    await lab.inNode('etcd3', 'systemctl start etcd');
    await terminal.shows(/etcd: 3 of 3 members healthy/);
    terminal.type(ctrlC);
    expect(await terminal.ended).toBe(0);
  });

  test('status --watch draws on a terminal that does not know its size, too', async () => {
    const terminal = labAtTerminal(lab, ['status', '--watch'], { rows: 0, columns: 100 });
    await terminal.shows(/etcd: 3 of 3 members healthy/);
    terminal.type(ctrlC);
    expect(await terminal.ended).toBe(0);
  });

  test('a node that the lab has not yet is said so, with what to do', async () => {
    for (const args of [
      ['shell', 'pg-patroni1'],
      ['logs', 'pg-patroni1'],
      ['exec', 'pg-patroni1', '--', 'true'],
    ]) {
      const result = await lab.lab(args);
      expect(result.exitStatus, args.join(' ')).toBe(1);
      expect(result.stderr).toContain('pg-patroni1 is not in this lab yet');
      expect(result.stderr).toContain('lab up');
    }
  });

  test('a node that does not start: the page, and lab ends with it', async () => {
    await lab.mustLab(['down']);
    await appendFile(join(lab.home, 'labs', lab.name, 'nodes', 'etcd3', 'config'), 'lxc.hook.pre-start = /bin/false\n');
    let last = 0;
    const result = await runProgram([...program, 'up', 'chapter-1'], {
      env: { LAB_HOME: lab.home, LAB_NAME: lab.name },
      onOutput: () => (last = performance.now()),
    });
    const afterThePage = performance.now() - last;
    expect(result.exitStatus).toBe(4);
    expect(result.stderr).toContain('node-start-failed');
    // What it waited for was a minute.
    expect(afterThePage).toBeLessThan(10_000);
  });
});

describe('while lab up builds a chapter', () => {
  test('a command in a node keeps the end of it from being kept for other labs', async () => {
    const home = await homeOfItsOwn('visited');
    const lab = realLab('visited', 'trixie', home);
    try {
      const building = lab.mustLab(['up', 'chapter-1']);
      const began = async () => (await newestTranscript(lab)).includes('step chapter-1/start:');
      expect(await waitUntil(began, { withinSeconds: 60 })).toBe(true);
      await lab.inNode('etcd3', 'true');
      await building;
      expect((await lab.mustLab(['checkpoints', '--format', 'json'])).stdout).not.toContain('chapter-1');
    } finally {
      await removeLab(lab);
      await rm(home, { recursive: true, force: true });
    }
  });
});

describe('doctor', () => {
  const lab = realLab('hands');
  // A run that was refused leaves its journal, and no lab that could be destroyed.
  afterAll(() => rm(join(testHome(), 'labs', lab.name), { recursive: true, force: true }));

  test('this host can run labs, and every point is told', async () => {
    const { stdout } = await lab.mustLab(['doctor', '--format', 'json']);
    const told = JSON.parse(stdout) as { ok: boolean; findings: readonly { id: string; ok: boolean }[] };
    expect(told.ok).toBe(true);
    const points = told.findings.filter(({ ok }) => ok).map(({ id }) => id);
    expect(points).toEqual(
      expect.arrayContaining(['root', 'id-range', 'user-namespaces', 'network', 'lxc', 'overlay']),
    );
  });

  test('an LXC that is too old is named with its remedy, and nothing is begun on such a host', async () => {
    const folder = await mkdtemp(join(testHome(), 'old-lxc-'));
    await writeFile(join(folder, 'lxc-start'), '#!/bin/sh\necho 3.0.3\n');
    await chmod(join(folder, 'lxc-start'), 0o755);
    const env = { PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const doctor = await lab.lab(['doctor'], { env });
    const up = await lab.lab(['up', 'chapter-1'], { env });
    await rm(folder, { recursive: true });
    expect(doctor.exitStatus).toBe(4);
    expect(doctor.stdout).toMatch(/✘ LXC 3\.0\.3 is installed; 5\.0 is the oldest that works\n +\S/);
    expect(up.exitStatus).toBe(4);
    expect(up.stderr).toContain('5.0 is the oldest');
    expect((await lab.mustLab(['list'])).stdout).not.toContain('hands');
  });
});
