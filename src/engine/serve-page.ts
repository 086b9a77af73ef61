import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type SeatForwarder } from './seat-forwarder.ts';

/** This machine's own loopback, and nothing else. */
const host = '127.0.0.1';

export interface ServedPage {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Takes connections on 127.0.0.1 and hands them to the forwarder. `asked` null: the page's own port if it is free, else any
 * free one.
 */
export async function servePage(
  forwarder: Pick<SeatForwarder, 'connect'>,
  asked: number | null,
  own: number,
): Promise<ServedPage> {
  const server = createServer((near) => {
    const far = forwarder.connect();
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  const wanted = asked ?? own;
  if (!(await listens(server, wanted))) {
    if (asked !== null) throw taken(asked);
    if (!(await listens(server, 0))) throw taken(own);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return {
    port: address.port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** false: the port is taken, or may not be used. */
async function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const refused = (): void => {
      resolve(false);
    };
    server.once('error', refused);
    server.listen({ host, port }, () => {
      server.off('error', refused);
      resolve(true);
    });
  });
}

function taken(port: number): LabError {
  return new LabError(
    'port-taken',
    words(
      `Port ${String(port)} of 127.0.0.1 can't be used: another program has it, or it is not allowed.`,
      `Le port ${String(port)} de 127.0.0.1 ne peut pas servir : un autre programme l'a, ou il n'est pas permis.`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words('Without --port a free one is taken.', 'Sans --port, lab en prend un libre.'),
    },
  );
}
