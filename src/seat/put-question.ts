import { request } from 'node:http';
import { type PlainAnswer, type PlainQuestion } from '../model/plain-question.ts';

/** Never throws: what became of the question is the answer. A connection of its own for each, as with curl. */
export async function putQuestion({ url, headers, body, seconds }: PlainQuestion): Promise<PlainAnswer> {
  const limit = AbortSignal.timeout(seconds * 1000);
  const pieces: Buffer[] = [];
  return new Promise((resolve) => {
    const fail = (error: NodeJS.ErrnoException): void => resolve(failed(error, limit, pieces));
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers: { Accept: '*/*', ...(body !== undefined && { 'Content-Type': formType }), ...headers },
      agent: false,
      signal: limit,
    };
    const asked = request(url, options, (response) => {
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', fail);
      response.on('end', () => {
        resolve(
          response.complete ? { kind: 'answered', body: Buffer.concat(pieces).toString('utf8') } : { kind: 'other' },
        );
      });
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

/** What curl says of the body of `--data`. */
const formType = 'application/x-www-form-urlencoded';

function failed(error: NodeJS.ErrnoException, limit: AbortSignal, pieces: readonly Buffer[]): PlainAnswer {
  if (limit.aborted) return { kind: 'timed-out', bytes: Buffer.concat(pieces).length };
  return error.code === 'ECONNREFUSED' ? { kind: 'refused' } : { kind: 'other' };
}
