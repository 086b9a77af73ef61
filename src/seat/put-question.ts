import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { request as requestOverTls } from 'node:https';
import { stretched } from '../clock/machine-time.ts';
import { type SeatAnswer, type SeatQuestion } from '../model/seat-question.ts';
import { secureContext } from './secure-context.ts';

/** Bytes of a body: an answer of Patroni or etcd is far below. With one that is longer, curl has to do. */
const longestBody = 16 * 1024 * 1024;

/** Never throws: what became of the question is the answer. A connection of its own for each, as with curl. */
export async function putQuestion(question: SeatQuestion): Promise<SeatAnswer> {
  const limit = AbortSignal.timeout(stretched(question.seconds) * 1000);
  const pieces: Buffer[] = [];
  let [stands, heard] = [false, 0];
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      const timedOut: SeatAnswer = { kind: 'timed-out', bytes: Buffer.concat(pieces).length };
      if (question.tls === undefined) resolve(limit.aborted ? timedOut : failed(error, asked?.socket?.bytesRead));
      // The other ends of a connection over TLS are many, and their words are curl's.
      else resolve(limit.aborted && stands ? timedOut : { kind: 'other' });
    };
    const asked = start(question, limit, (response) => {
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        heard += piece.length;
        if (heard <= longestBody) return;
        resolve({ kind: 'other' });
        response.destroy();
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve(
          response.complete ? { kind: 'answered', body: Buffer.concat(pieces).toString('utf8') } : { kind: 'other' },
        );
      });
    });
    if (asked === null) {
      resolve({ kind: 'other' });
      return;
    }
    asked.on('socket', (socket) => socket.once('secureConnect', () => (stands = true)));
    asked.on('error', fail);
    asked.end(question.body);
  });
}

/** null: the files are none that a connection can be made with. */
function start(
  { url, headers, body, tls }: SeatQuestion,
  signal: AbortSignal,
  onResponse: (response: IncomingMessage) => void,
): ClientRequest | null {
  const options = {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Accept: '*/*', ...(body !== undefined && { 'Content-Type': formType }), ...headers },
    agent: false,
    signal,
  };
  if (tls === undefined) return request(url, options, onResponse);
  const context = secureContext(tls);
  // Whatever the environment says.
  const strict = { secureContext: context ?? undefined, rejectUnauthorized: true };
  return context && requestOverTls(url, { ...options, ...strict }, onResponse);
}

/** What curl says of the body of `--data`. */
const formType = 'application/x-www-form-urlencoded';

/** `heard`: bytes of any kind. */
function failed(error: NodeJS.ErrnoException, heard: number | undefined): SeatAnswer {
  // Node's words for an end in good order, before an answer.
  if (error.message === 'socket hang up' && heard === 0) return { kind: 'empty' };
  return error.code === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'other' };
}
