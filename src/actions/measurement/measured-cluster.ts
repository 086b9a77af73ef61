import { type Bound, type ScenarioName, type SynchronousMode } from '../../model/measurement.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { settleAll } from '../../model/settle-all.ts';
import { words } from '../../model/words.ts';
import { synchronousConfiguration } from '../../probes/synchronous-mode.ts';
import { type PatroniTiming } from '../../probes/patroni-timing.ts';
import { bringMembersBack } from '../bring-members-back.ts';
import { type ActionContext } from '../kind.ts';
import { liveTiming } from '../live-timing.ts';
import { proxyHealth } from '../proxy-health.ts';
import { noticedBound } from '../proxy-outage-bound.ts';
import { findWay, type Way } from './find-way.ts';
import { writesBound } from './writes-bound.ts';

/** What a measurement is to be read with: the cluster's own settings, and the clients' way in. */
export interface MeasuredCluster {
  readonly way: Way;
  readonly timing: PatroniTiming;
  readonly synchronous: SynchronousMode;
  readonly bound: Bound;
  readonly patience: { readonly connectSeconds: number; readonly answerSeconds: number };
}

const connectSeconds = 1;

export async function measuredCluster(
  context: ActionContext,
  scenario: ScenarioName,
  clients: number,
): Promise<MeasuredCluster> {
  const { leader } = await bringMembersBack(context);
  const [way, timing, asked] = await settleAll([
    findWay(context),
    liveTiming(context, leader),
    synchronousConfiguration(await context.look(), leader),
  ]);
  if (asked.kind === 'unseen' || asked.value.kind !== 'answer') throw unread(leader.name);
  // A session that waits for a standby stays behind when its client leaves; too many of them fill max_connections.
  const answerSeconds = clients > 8 ? 4 : 2;
  const [proxy] = way.proxies;
  const proxySeconds = proxy === undefined ? 0 : noticedBound(await proxyHealth(context, proxy));
  const bound = writesBound(scenario, timing, { proxySeconds, patienceSeconds: connectSeconds + answerSeconds });
  return { way, timing, bound, synchronous: asked.value.value.mode, patience: { connectSeconds, answerSeconds } };
}

function unread(leader: string): LabError {
  return new LabError(
    'configuration-unread',
    words(
      `Patroni on ${leader} does not tell its dynamic configuration.`,
      `Patroni sur ${leader} ne donne pas sa configuration dynamique.`,
    ),
    { exit: exitStatus.failed },
  );
}
