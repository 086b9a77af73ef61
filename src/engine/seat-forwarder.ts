// A program in the lab's network that carries connections from a Unix socket to one address there. A socket with a path is
// seen from every network namespace, so no route and no address is needed between the host and the lab.

import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitStatus, LabError } from '../model/errors.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { verbatim } from '../model/words.ts';
import { type Provider } from '../provider/provider.ts';

/** The first connection is the caller's life line: when that ends, however it ended, so does the program. */
const script = `
const net = require('node:net');
const [path, host, port] = process.argv.slice(1);
let lifeline;
const server = net.createServer((near) => {
  near.on('error', () => near.destroy());
  if (lifeline === undefined) {
    lifeline = near.resume().on('close', () => process.exit());
    return;
  }
  const far = net.connect({ host, port: Number(port) });
  far.on('error', () => near.destroy());
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
  near.pipe(far).pipe(near);
});
server.listen(path);
`;

const startSeconds = 20;
/** Nobody looks at a page for longer; a time-out has to be a number that a timer can hold. */
const longestSeconds = 7 * 24 * 3600;

export interface SeatForwarder {
  /** Connects to the address in the lab. */
  connect(): Socket;
  close(): Promise<void>;
}

export async function startSeatForwarder(
  provider: Pick<Provider, 'execOnNetwork'>,
  target: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<SeatForwarder> {
  const folder = await mkdtemp(join(tmpdir(), 'lab-open-'));
  const path = join(folder, 'socket');
  const argv = [process.execPath, '-e', script, path, target.host, String(target.port)];
  const ended = { said: null as string | null };
  const ending = new AbortController();
  const options = { timeoutSeconds: longestSeconds, signal: ending.signal };
  const running = provider.execOnNetwork(argv, options).then((result) => {
    ended.said = result.stderr.trim();
  });
  // Also a program that nobody has reached yet, and that would wait for its first connection for ever.
  const end = async (): Promise<void> => {
    ending.abort();
    await running;
    await rm(folder, { recursive: true, force: true });
  };
  const found: { lifeline?: Socket | undefined } = {};
  const ready = await waitUntil(
    async () => {
      if (ended.said !== null) return true;
      found.lifeline = await connected(path);
      return found.lifeline !== undefined;
    },
    { withinSeconds: startSeconds, signal },
  );
  const { lifeline } = found;
  if (!ready || lifeline === undefined) {
    const why = verbatim(ended.said ?? 'node');
    await end();
    throw new LabError('forwarder-failed', why, { exit: exitStatus.hostCannot });
  }
  return {
    connect: () => connect(path),
    close: async () => {
      lifeline.destroy();
      await end();
    },
  };
}

async function connected(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  return new Promise((resolve) => {
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', () => {
      resolve(undefined);
    });
  });
}
