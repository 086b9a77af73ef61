import { type CommandResult } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { type LedgerJob } from '../../model/ledger-job.ts';
import { words } from '../../model/words.ts';
import { type LedgerRecord, recordLedger } from '../../ledger/ledger-line.ts';
import { type ActionContext } from '../kind.ts';

export interface LedgerClients {
  /** What they have told so far. */
  readonly record: LedgerRecord;
  readonly ended: Promise<CommandResult>;
}

/** Starts the writing clients; they go on until `stop` ends, and then tell the rest. */
export function startClients(context: ActionContext, job: LedgerJob, stop: AbortSignal): LedgerClients {
  const ledger = recordLedger();
  const ended = context.attachToNetwork(context.ledgerClient, {
    signal: stop,
    timeoutSeconds: job.mostSeconds + 10,
    input: JSON.stringify(job),
    onOutput: (text) => ledger.hear(text),
  });
  // Awaited at the end; should it fail before that, it must not end the program.
  ended.catch(() => undefined);
  return {
    ended,
    get record() {
      return ledger.record;
    },
  };
}

/** The whole record, once the clients have ended; throws a LabError for one of which something is missing. */
export async function wholeRecord(clients: LedgerClients): Promise<LedgerRecord> {
  const { stderr } = await clients.ended;
  if (clients.record.whole) return clients.record;
  const said = stderr.trim().split('\n').slice(-3).join(' ');
  throw new LabError(
    'ledger-broken',
    words(
      `The clients ended before they had told everything, so nothing can be said of their rows. ${said}`,
      `Les clients se sont arrêtés avant d'avoir tout dit : on ne peut rien dire de leurs lignes. ${said}`,
    ),
    { exit: exitStatus.failed },
  );
}
