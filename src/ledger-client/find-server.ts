import { type Endpoint, type LedgerJob } from '../model/ledger-job.ts';
import { connect, type Connection } from './connect.ts';

/** What of a PostgreSQL a client looks for, as libpq's target_session_attrs. */
export type Wanted = 'read-write' | 'any';

/**
 * Goes from one server to the next, beginning with the one that served last; one of them a call, so that a try that
 * fails takes no longer than that server's patience. Throws when this one does not serve.
 */
export function findServer(
  job: LedgerJob,
  servers: readonly Endpoint[],
  { wanted, first }: { readonly wanted: Wanted; readonly first: number },
): () => Promise<Connection> {
  let next = first;
  return async () => {
    const server = servers[next % servers.length];
    if (server === undefined) throw new Error('no server to connect to');
    // Moved on at once: whoever fails here, or later, begins with another one.
    next += 1;
    const connection = await connect(job, server);
    if (wanted === 'any') return connection;
    const { rows } = await connection.query('role', writable, []);
    if (rows[0]?.['writable'] === true) return connection;
    connection.drop();
    throw new Error(`${server.host} takes no writes`);
  };
}

const writable = `select not pg_is_in_recovery() and not current_setting('default_transaction_read_only')::bool as writable`;
