// What a hostile node gets from the terminal and the open files of whoever starts lab: nothing but the three streams.
// About 15 seconds.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';
import { fromKeptEnd } from '../kept-end.ts';
import { program, realLab, removeLab } from '../real-lab.ts';
import { shellAtTerminal, ctrlC, enter } from '../terminal.ts';

const lab = realLab('descriptors');
const command = program.join(' ');
beforeAll(() => fromKeptEnd(lab, 'etcd'));
afterAll(() => removeLab(lab));

/** Types a line into every terminal that it can reach: TIOCSTI of ioctl_tty(2), and TIOCSCTTY before it. */
const typist = `
import fcntl, os
places = ['/dev/tty', '/dev/console'] + ['/proc/self/fd/' + str(n) for n in range(256)]
for place in [0, 1, 2] + places:
    try:
        terminal = place if isinstance(place, int) else os.open(place, os.O_RDWR)
    except OSError:
        continue
    for request in (0x540E, 0x5412):
        try:
            for letter in b"echo ty''ped-$((40+2))" + bytes([10]):
                fcntl.ioctl(terminal, request, bytes([letter]))
        except OSError:
            pass
`;

test('a program in a node types into no terminal of the host, whatever its streams are', async () => {
  await lab.inNode('etcd1', `cat > /usr/local/bin/typist <<'END'\n${typist}END\n`);
  const terminal = shellAtTerminal(lab, ['--norc', '-i']);
  const streams = ['', '< /dev/null', '> /dev/null', '2> /dev/null'];
  for (const input of streams.slice(0, 2))
    for (const output of ['', '> /dev/null'])
      for (const errors of ['', '2> /dev/null']) {
        const exec = `${command} exec etcd1 -- python3 /usr/local/bin/typist ${input} ${output} ${errors}`;
        terminal.type(`${exec}; echo st""atus-$?${enter}`);
        // What was typed into the shell comes before what is typed next.
        const screen = await terminal.shows(/status-0/);
        terminal.type(`echo a""fter${enter}`);
        expect(screen + (await terminal.shows(/after/)), exec).not.toMatch(/typed-42/);
      }
  terminal.type(`exit${enter}`);
  await terminal.ended;
});

test('Ctrl-C ends what exec runs without a terminal, Ctrl-Z stops it, and fg goes on', async () => {
  const terminal = shellAtTerminal(lab, ['--norc', '-i']);
  const exec = `${command} exec etcd1 -- sh -c`;
  terminal.type(`${exec} 'touch /run/began; sleep 300' < /dev/null > /dev/null 2>&1${enter}`);
  await lab.inNode('etcd1', 'until [ -e /run/began ]; do sleep 0.1; done; rm /run/began');
  terminal.type('\u001a');
  await terminal.shows(/Stopped/);
  terminal.type(`fg${enter}`);
  await terminal.shows(/exec etcd1/);
  terminal.type(ctrlC);
  terminal.type(`echo st""atus-$?${enter}`);
  await terminal.shows(/status-130/);
  terminal.type(`exit${enter}`);
  await terminal.ended;
  expect(await lab.inNode('etcd1', 'pgrep -x sleep || echo none')).toBe('none\n');
});

test('no file that whoever starts lab has open is open in a node', async () => {
  const list = ['exec', 'etcd1', '--', 'sh', '-c', 'readlink /proc/self/fd/* /proc/*/fd/*'];
  const opened = 'exec 7</boot 17</boot 20</boot 200</boot; exec "$@"';
  const result = await runProgram(['bash', '-c', opened, 'bash', ...program, ...list], {
    env: { LAB_HOME: lab.home, LAB_NAME: lab.name },
  });
  expect(result.stdout).toContain('/dev/null');
  expect(result.stdout).not.toContain('/boot');
});
