import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { putQuestion } from '../../src/seat/put-question.ts';

let server: Server | undefined;
const sockets = new Set<Socket>();

afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server?.close();
});

/** The URL of a server that does this with each connection once it has heard something. */
async function serves(answer: (socket: Socket, heard: string) => void): Promise<string> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (data) => answer(socket, data.toString()));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/page`;
}

const ask = (url: string, more: { readonly seconds?: number; readonly body?: string } = {}) =>
  putQuestion({ url, headers: {}, seconds: 5, ...more });

describe('a question put in the network', () => {
  test('gets its answer, whatever its status', async () => {
    const url = await serves((socket) => socket.end('HTTP/1.1 503 No\r\nContent-Length: 3\r\n\r\nét'));
    expect(await ask(url)).toEqual({ kind: 'answered', body: 'ét' });
  });

  test('says what curl says: a POST with its body and its type', async () => {
    let said = '';
    const url = await serves((socket, heard) => {
      said = heard;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    expect(await ask(url, { body: '{}' })).toEqual({ kind: 'answered', body: '' });
    expect(said).toMatch(/^POST \/page HTTP\/1.1\r\n/);
    expect(said).toContain('Content-Type: application/x-www-form-urlencoded\r\n');
    expect(said).toMatch(/\r\n\r\n\{\}$/);
  });

  test('is left to curl where the answer has no end', async () => {
    let closed = false;
    const url = await serves((socket) => {
      socket.on('close', () => (closed = true));
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const speak = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(1_000_000, 'x')));
      };
      socket.on('drain', speak);
      speak();
    });
    expect(await ask(url, { seconds: 60 })).toEqual({ kind: 'other' });
    await expect.poll(() => closed).toBe(true);
  });

  test('is refused where nobody listens', async () => {
    const url = await serves(() => undefined);
    server?.close();
    expect(await ask(url)).toEqual({ kind: 'refused' });
  });

  test('gets nothing from one who ends the connection without a word', async () => {
    expect(await ask(await serves((socket) => socket.end()))).toEqual({ kind: 'empty' });
  });

  test('is given up when its time is over, before and in the middle of an answer', async () => {
    expect(await ask(await serves(() => undefined), { seconds: 0.2 })).toEqual({ kind: 'timed-out', bytes: 0 });
    const half = await serves((socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf'));
    expect(await ask(half, { seconds: 0.5 })).toEqual({ kind: 'timed-out', bytes: 4 });
  });

  test.each([
    ['a connection that is cut', (socket: Socket) => socket.resetAndDestroy()],
    ['half an answer', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')],
    ['what is no HTTP', (socket: Socket) => socket.end('\x15\x03\x01\x00\x02\x02\x16')],
  ])('leaves to curl to say what %s is', async (_what, answer) => {
    expect(await ask(await serves(answer))).toEqual({ kind: 'other' });
  });
});
