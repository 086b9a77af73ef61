import { type HealthTiming } from '../probes/haproxy-health.ts';
import { type PatroniTiming } from '../probes/patroni-timing.ts';
import { failoverBound, type LeaderLoss } from './failover-bound.ts';

/** What the client itself may need: a connection that hangs (connect_timeout), and the next try. */
const clientSeconds = 2;

/**
 * Seconds from the fault to the first write through HAProxy, at most: what Patroni needs (failoverBound), and then what
 * HAProxy needs to notice. A planned switchover is, for that, a clean stop.
 * - a server that is good again: the next check comes within `inter`; then `rise` - 1 more, every `fastinter`;
 * - a server that is bad: within `inter`, then `fall` - 1 more, and each may wait for its answer until the time-out of the check.
 * Both go on at once; the slower one counts, since sessions that go to the old server fail. HAProxy's Configuration Manual,
 * 5.2, "inter", "fastinter" ("while the server is in a transitional state"), "fall", "rise".
 */
export function proxyOutageBound(loss: LeaderLoss, timing: PatroniTiming, health: HealthTiming): number {
  return failoverBound(loss, timing) + noticedBound(health) + clientSeconds;
}

/** Seconds until HAProxy has noticed both, at most: they go on at once. */
export function noticedBound(health: HealthTiming): number {
  return Math.max(upBound(health), downBound(health));
}

/** Seconds until a server that says yes again gets sessions, at most. */
export function upBound({ inter, fastinter, rise, check }: HealthTiming): number {
  return inter + (rise - 1) * fastinter + check;
}

/** Seconds until a server that says no, or nothing, gets none any more, at most. */
export function downBound({ inter, fastinter, fall, check }: HealthTiming): number {
  return inter + (fall - 1) * fastinter + fall * check;
}
