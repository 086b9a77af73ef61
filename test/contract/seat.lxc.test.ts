// The process that stays in the lab's network and curl, held against each other: to those who ask they are the same.

import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { rm } from 'node:fs/promises';
import { compose } from '../../src/compose.ts';
import { parseInvocation } from '../../src/cli/invocation.ts';
import { type CommandResult } from '../../src/model/command.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { labName } from '../../src/model/ids.ts';
import { curl } from '../../src/probes/curl.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { startDialogue } from '../../src/process/start-dialogue.ts';
import { namespaceName, namespacePath } from '../../src/provider/lxc/network.ts';
import { createSeat } from '../../src/provider/lxc/seat/create-seat.ts';
import { type Provider } from '../../src/provider/provider.ts';

const home = inject('labHome');
const lab = labName('seat');
const network = namespacePath(namespaceName(home, lab));
const program = [process.execPath, new URL('../../dist/seat.js', import.meta.url).pathname];
const own = 'http://10.0.3.1:8008';

/** Answers as a member might, at the trainer's own address. */
const server = `
require('node:http').createServer((request, response) => {
  if (request.url === '/silent') return;
  if (request.url === '/cut') return request.socket.destroy();
  if (request.url === '/half') return response.writeHead(200, { 'Content-Length': 9 }).write('half', () => request.socket.destroy());
  const said = [];
  request.on('data', (piece) => said.push(piece));
  request.on('end', () => {
    response.statusCode = request.url === '/busy' ? 503 : 200;
    response.end(JSON.stringify({ method: request.method, header: request.headers['grpc-metadata-hasleader'], said: said.join('') }));
  });
}).listen(8008, '10.0.3.1', () => console.log('listening'));
process.stdin.on('end', () => process.exit()).resume();
`;

describe('the seat in the network', () => {
  let provider: Provider;
  let close: () => void;
  const ended: string[] = [];
  const seat = createSeat(program, network);
  const byCurl = (argv: readonly string[]): Promise<CommandResult> =>
    runProgram(['nsenter', `--net=${network}`, '--', ...argv]);

  beforeAll(async () => {
    const invocation = parseInvocation({ lab, home }, {}, '/');
    const services = compose(
      { node: process.execPath, terminal: 'dumb', pager: 'cat', signals: process, whileAttached: (work) => work() },
      invocation,
    );
    provider = services.provider(lab, await services.loadWorkshop());
    await provider.createNetwork();
    const listening = new Promise<void>((resolve) => {
      const dialogue = startDialogue(['nsenter', `--net=${network}`, '--', process.execPath, '-e', server], {
        onPiece: () => resolve(),
        onEnd: () => ended.push('server'),
      });
      close = () => dialogue.end();
    });
    await listening;
  });
  afterAll(async () => {
    close();
    await provider.destroyNetwork();
    await rm(labPaths(home, lab).directory, { recursive: true });
  });

  test.each([
    ['a page', [...curl(5), `${own}/cluster`]],
    ['an error page', [...curl(5), `${own}/busy`]],
    ['a question', [...curl(5), '--header', 'Grpc-Metadata-hasleader: true', '--data', '{"key":"é"}', `${own}/v3`]],
    ['a page that is thrown away', [...curl(5), '--output', '/dev/null', `${own}/cluster`]],
    ['nobody there', [...curl(5), 'http://10.0.3.1:8009/cluster']],
    ['no answer', [...curl(0.5), `${own}/silent`]],
    ['an end without a word', [...curl(5), `${own}/cut`]],
  ])('%s: the same result as with curl', async (_what, argv) => {
    const [ours, theirs] = await Promise.all([seat.ask(argv), byCurl(argv)]);
    const { exitStatus, stdout } = theirs;
    expect(ours).toMatchObject({ exitStatus, stdout, timedOut: false, cancelled: false });
    expect(withoutTimes(ours?.stderr)).toBe(withoutTimes(theirs.stderr));
  });

  test('what it can not tell is left to curl', async () => {
    expect(await seat.ask([...curl(5), `${own}/half`])).toBeNull();
    expect((await byCurl([...curl(5), `${own}/half`])).exitStatus).toBe(18);
  });

  test('a question whose asker gives up is answered at once', async () => {
    const asker = new AbortController();
    const asked = seat.ask([...curl(60), `${own}/silent`], { signal: asker.signal });
    asker.abort();
    expect(await asked).toBeNull();
  });

  test('a network made anew has a seat of its own', async () => {
    close();
    await expect.poll(() => ended).toEqual(['server']);
    await provider.destroyNetwork();
    expect(await seat.ask([...curl(5), `${own}/cluster`])).toBeNull();
    await provider.createNetwork();
    // In the old one, which lives as long as somebody is in it, the address could not be reached any more.
    expect(await seat.ask([...curl(5), `${own}/cluster`])).toMatchObject({ exitStatus: 7 });
  });

  test('a program that is none leaves everything to curl', async () => {
    const none = createSeat(['/nowhere/at/all'], network);
    expect(await none.ask([...curl(5), `${own}/cluster`])).toBeNull();
    expect(await none.ask([...curl(5), `${own}/cluster`])).toBeNull();
  });
});

/** Both count milliseconds, each its own. */
function withoutTimes(text: string | undefined): string | undefined {
  return text?.replace(/\d+ (?=ms|milliseconds)/g, 'N ');
}
