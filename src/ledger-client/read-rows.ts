import { type Connection } from './connect.ts';
import { findServer } from './find-server.ts';
import { type ClientContext } from './write-rows.ts';

const select = 'select max(n) from ledger_rows where run = $1 and client = 1';

/** The reader: whoever answers will do, as behind HAProxy's port for reads. */
export async function readRows({ job, stop, pace, now, tell }: ClientContext): Promise<void> {
  const open = findServer(job, job.read, { wanted: 'any', first: 0 });
  let connection: Connection | null = null;
  while (!stop.aborted) {
    const began = now();
    let ok = false;
    try {
      connection ??= await open();
      await connection.query('select', select, [job.run]);
      ok = true;
    } catch (error) {
      if (connection !== null) tell(['broken', 0, now(), String(error)]);
      connection?.drop();
      connection = null;
    }
    tell(['read', began, now(), ok]);
    await pace(ok);
  }
  connection?.drop();
}
