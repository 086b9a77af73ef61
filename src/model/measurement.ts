// What `lab measure` finds out: the clients' ledger held against what the database has, and the failover's layers.

import { type NodeName } from './ids.ts';

export const scenarioNames = [
  'switchover',
  'stop-patroni',
  'kill-node',
  'freeze',
  'kill-postgres',
  'kill-patroni',
  'partition-leader',
  'dcs-loss',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** How the cluster replicates: `on` and `strict` are Patroni's synchronous_mode, `quorum` is its mode of Patroni 4. */
export type SynchronousMode = 'off' | 'on' | 'strict' | 'quorum';

/** Where clients go: through HAProxy, or from host to host until one takes writes, as libpq does with several hosts. */
export type ClientsWay = 'haproxy' | 'hosts';

/** A numbered row of one client. */
export interface RowNumber {
  readonly client: number;
  readonly n: number;
}

/** Every row that a client began, in one of the first four; `unexpected`: rows that are there and that nobody sent. */
export interface RowsAccount {
  readonly attempted: number;
  readonly acknowledged: number;
  /** Acknowledged and there. */
  readonly kept: number;
  /** Acknowledged and lost. */
  readonly lost: readonly RowNumber[];
  /** Not acknowledged, and there all the same: the answer was lost, the row was not. */
  readonly recovered: number;
  /** Not acknowledged, and not there. */
  readonly refused: number;
  readonly unexpected: readonly RowNumber[];
}

/** The longest time in which nothing succeeded: from the beginning of the first try that failed to the first success. */
export interface Outage {
  /** Seconds after the fault. */
  readonly from: number;
  /** Seconds after the fault; null: it lasted until the clients stopped. */
  readonly to: number | null;
  readonly seconds: number;
}

export const layerNames = [
  'fault',
  'leader-key-gone',
  'new-leader-key',
  'promotion',
  'haproxy-up',
  'healed',
  'first-write',
] as const;
export type LayerName = (typeof layerNames)[number];

/** One thing that happened; seconds after the fault. */
export interface Layer {
  readonly layer: LayerName;
  readonly at: number;
  /** The member or node that it is about. */
  readonly who: string | null;
}

/** What happened in a tenth of a second. */
export interface Tenth {
  /** Seconds after the fault: the beginning of the tenth. */
  readonly at: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly reads: number;
  readonly failedReads: number;
}

export interface Repetition {
  readonly run: string;
  /** ISO 8601. */
  readonly faultAt: string;
  /** Member names. */
  readonly leaderBefore: string;
  readonly leaderAfter: string;
  readonly hit: readonly NodeName[];
  readonly rows: RowsAccount;
  /** null: no write failed. */
  readonly withoutWrites: Outage | null;
  readonly withoutReads: Outage | null;
  readonly brokenConnections: number;
  readonly layers: readonly Layer[];
  readonly throughput: readonly Tenth[];
}

/** What the time without writes may be at most, and what it is made of. */
export interface Bound {
  readonly seconds: number;
  readonly parts: readonly { readonly what: string; readonly seconds: number }[];
}

export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export interface Measurement {
  readonly scenario: ScenarioName;
  readonly synchronous: SynchronousMode;
  readonly way: ClientsWay;
  readonly clients: number;
  readonly seed: number;
  readonly bound: Bound;
  readonly repetitions: readonly Repetition[];
  readonly summary: {
    /** Seconds; one that did not come back counts with what it lasted. */
    readonly withoutWrites: Spread;
    readonly withoutReads: Spread;
    readonly lost: Spread;
    readonly brokenConnections: Spread;
  };
}
