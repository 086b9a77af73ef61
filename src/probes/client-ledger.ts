// What the workshop's client (proxy-client) wrote down in its folder: one that writes, one that reads, three that hold a session.

import { type NodeName } from '../model/ids.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** One connection through the proxies. */
export interface ClientAnswer {
  /** When it ended, seconds since 1970. */
  readonly at: number;
  /** The server's address; null: no answer. */
  readonly server: string | null;
  /** The number that was written, or how many bytes of WAL the replica had replayed. */
  readonly value: number;
}

export interface ClientLedger {
  readonly writes: readonly ClientAnswer[];
  readonly reads: readonly ClientAnswer[];
  /** When each of the sessions that were held was cut. */
  readonly cutAt: readonly number[];
}

const script = `cd "$1" 2>/dev/null || exit 0
for file in writes reads sessions; do if [ -e "$file" ]; then sed "s/^/$file /" "$file"; fi; done`;

/** Empty when there is no such folder. */
export async function clientLedger(reach: Reach, node: NodeName, folder: string): Promise<Observed<ClientLedger>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script, 'ledger', folder]);
  return looked.kind === 'unseen' ? looked : seen(parseClientLedger(looked.value.stdout));
}

/** `output`: `writes 1795462280.123 10.0.3.141 17`, `reads 1795462280.123 failed`, `sessions 1795462280.123 cut`. */
export function parseClientLedger(output: string): ClientLedger {
  const lines = output
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at]) => Number.isFinite(Number.parseFloat(at ?? '')));
  const answers = (file: string): readonly ClientAnswer[] =>
    lines
      .filter(([name]) => name === file)
      .map(([, at = '', server = 'failed', value = '0']) => ({
        at: Number(at),
        server: server === 'failed' ? null : server,
        value: Number(value),
      }));
  return {
    writes: answers('writes'),
    reads: answers('reads'),
    cutAt: answers('sessions').map(({ at }) => at),
  };
}

/** The writer's move from one server to another. */
export interface WriterMove {
  readonly from: string;
  readonly to: string;
  /** The last acknowledged write on the one, the first on the other. */
  readonly lastAt: number;
  readonly firstAt: number;
  /** Attempts that failed in between. */
  readonly failed: number;
}

/** Every change of the server that took the writes, oldest first. */
export function writerMoves({ writes }: Pick<ClientLedger, 'writes'>): readonly WriterMove[] {
  const moves: WriterMove[] = [];
  let last: { readonly server: string; readonly at: number } | null = null;
  let failed = 0;
  for (const { at, server } of writes) {
    if (server === null) {
      failed++;
      continue;
    }
    if (last !== null && last.server !== server)
      moves.push({ from: last.server, to: server, lastAt: last.at, firstAt: at, failed });
    last = { server, at };
    failed = 0;
  }
  return moves;
}

/** A replica that nobody read from for a while, and then again. */
export interface RotationReturn {
  readonly server: string;
  /** The last answer before it left, the first one after it came back. */
  readonly leftAt: number;
  readonly backAt: number;
  /** How far the others went on while it was away, in bytes of WAL. */
  readonly missed: number;
  /** How far it was behind the furthest answer so far when it came back, in bytes. */
  readonly behind: number;
}

/** As many answers of others in a row are no round robin. */
const awayAfterReads = 6;

export function rotationReturns({ reads }: Pick<ClientLedger, 'reads'>): readonly RotationReturn[] {
  const lastOf = new Map<string, { readonly index: number; readonly at: number; readonly furthest: number }>();
  const returns: RotationReturn[] = [];
  let furthest = 0;
  const answers = reads.filter((read) => read.server !== null);
  for (const [index, { at, server, value }] of answers.entries()) {
    if (server === null) continue;
    const last = lastOf.get(server);
    if (last !== undefined && index - last.index > awayAfterReads) {
      const missed = furthest - last.furthest;
      returns.push({ server, leftAt: last.at, backAt: at, missed, behind: Math.max(0, furthest - value) });
    }
    furthest = Math.max(furthest, value);
    lastOf.set(server, { index, at, furthest });
  }
  return returns;
}
