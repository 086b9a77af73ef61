import { type PatroniTiming } from '../probes/patroni-timing.ts';

/** How a leader is lost: Patroni stopped in good order; its node gone at once; its node there and standing still. */
export type LeaderLoss = 'stop' | 'kill' | 'freeze';

/** Patroni asks every other member for its position before it takes the lead, and waits so long for an answer (patroni/ha.py, fetch_node_status: timeout=2). */
const questionSeconds = 2;

/**
 * Seconds from the fault to the first write that a surviving member accepts, at most:
 * - `ttl`: the leader key lives so long after its last renewal, which was before the fault ("the length of time before
 *   initiation of the automatic failover process", Patroni's documentation, Dynamic Configuration Settings). A leader
 *   that is stopped in good order gives the key back: then this part is zero.
 * - `loop_wait`: the replica is told by etcd that the key is gone; when that message is lost, it looks again after so long.
 * - the question to the member that is gone, in vain.
 * - `retry_timeout`: to take the key and to promote PostgreSQL ("timeout for DCS and PostgreSQL operation retries", ibid.).
 *   Of a clean stop, PostgreSQL's own shutdown falls into it.
 */
export function failoverBound(loss: LeaderLoss, { ttl, loop_wait, retry_timeout }: PatroniTiming): number {
  return (loss === 'stop' ? 0 : ttl) + loop_wait + questionSeconds + retry_timeout;
}
