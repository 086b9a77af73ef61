// One connection to PostgreSQL that can be dropped at once, whatever the server does.

import { Socket } from 'node:net';
import pg from 'pg';
import { type Endpoint, type LedgerJob } from '../model/ledger-job.ts';

export interface Connection {
  /** Rejects when the server says no, when the connection breaks, and when the answer does not come in time. */
  query(name: string, text: string, values: readonly unknown[]): Promise<Answer>;
  readonly broken: boolean;
  drop(): void;
}

export interface Answer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly rowCount: number | null;
  /**
   * What the server warned of meanwhile. A commit whose wait for a synchronous standby was cut off says COMMIT like any
   * other, after a warning that the row may not have been replicated.
   */
  readonly warned: boolean;
}

class AnswerTooLate extends Error {}

export async function connect(job: LedgerJob, { host, port }: Endpoint): Promise<Connection> {
  const socket = new Socket();
  socket.setNoDelay(true);
  const state = { broken: false, warned: false };
  const { user, password, database } = job;
  const client = new pg.Client({
    ...{ host, port, user, password, database },
    application_name: 'lab-ledger',
    stream: () => socket,
  });
  client.on('error', () => {
    state.broken = true;
  });
  client.on('end', () => {
    state.broken = true;
  });
  client.on('notice', ({ severity }) => {
    if (severity === 'WARNING') state.warned = true;
  });
  const drop = (): void => {
    state.broken = true;
    socket.destroy();
  };
  await within(client.connect(), job.patience.connectSeconds, drop);
  return {
    drop,
    get broken() {
      return state.broken;
    },
    query: async (name, text, values) => {
      state.warned = false;
      const asked = client.query<Record<string, unknown>>({ name, text, values: [...values] });
      const { rows, rowCount } = await within(asked, job.patience.answerSeconds, drop);
      return { rows, rowCount, warned: state.warned };
    },
  };
}

async function within<T>(answer: Promise<T>, seconds: number, drop: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AnswerTooLate(`no answer within ${String(seconds)} s`)), seconds * 1000);
  });
  // Whichever of the two is not waited for any more may still fail.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } catch (error) {
    drop();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
