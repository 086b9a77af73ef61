import { type Bound, type ScenarioName } from '../../model/measurement.ts';
import { type PatroniTiming } from '../../probes/patroni-timing.ts';

type Part = Bound['parts'][number];

/** The replica asks the member that is gone for its position, in vain (failover-bound.ts). */
const questionSeconds = 2;

/**
 * What the time without writes may be at most by the cluster's own settings, as failoverBound, and what the clients'
 * side adds: HAProxy's checks, and a client that still waits for an answer when the service is back.
 */
export function writesBound(
  scenario: ScenarioName,
  { ttl, loop_wait, retry_timeout }: PatroniTiming,
  clients: { readonly proxySeconds: number; readonly patienceSeconds: number },
): Bound {
  const key: Part = { what: 'ttl', seconds: ttl };
  const round: Part = { what: 'loop_wait', seconds: loop_wait };
  const question: Part = { what: 'question', seconds: questionSeconds };
  const promotion: Part = { what: 'retry_timeout', seconds: retry_timeout };
  const ownParts: Readonly<Record<ScenarioName, readonly Part[]>> = {
    switchover: [round, question, promotion],
    'stop-patroni': [round, question, promotion],
    'kill-node': [key, round, question, promotion],
    freeze: [key, round, question, promotion],
    // Patroni notices in its next round, and leads again in the one after the recovery.
    'kill-postgres': [round, promotion, round],
    'kill-patroni': [key, round, question, promotion],
    'partition-leader': [key, round, question, promotion],
    // It is given back once writes have stopped, or after a ttl and a round; then the key has to be taken again.
    'dcs-loss': [{ what: 'without etcd', seconds: ttl + loop_wait }, key, round, question, promotion],
  };
  const parts = [
    ...ownParts[scenario],
    ...(clients.proxySeconds > 0 ? [{ what: 'HAProxy', seconds: clients.proxySeconds }] : []),
    { what: 'client', seconds: clients.patienceSeconds },
  ];
  return { seconds: parts.reduce((sum, { seconds }) => sum + seconds, 0), parts };
}
