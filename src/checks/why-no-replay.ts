import { joinWords, words, type Words } from '../model/words.ts';
import { type PostgresState } from '../probes/postgres-state.ts';
import { checkedNode } from './checked-node.ts';
import { type CheckSetting } from './kind.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import { configurationFindings, patroniConfigurationPath } from './patroni-trouble.ts';
import { type ReplicationView } from './replication-view.ts';

/** What keeps a replica from applying what it receives; null when nothing does. Nothing in its log tells. */
export function replayStopped({ replayPaused, applyDelay }: PostgresState): Words | null {
  if (replayPaused) return words('replay is paused', 'le rejeu est en pause');
  if (applyDelay === null) return null;
  const delay = duration(applyDelay.milliseconds);
  return words(`replay is delayed by ${delay}`, `le rejeu est retardé de ${delay}`);
}

export function whyNoReplay(
  view: ReplicationView,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } | null {
  if (view.replicaState.kind !== 'answer') return null;
  const { name } = checkedNode(setting);
  const { replayPaused, applyDelay } = view.replicaState.value;
  if (replayPaused) {
    return {
      cause: words(
        `replay is paused on ${name}: it receives the leader's changes and does not apply them`,
        `le rejeu est en pause sur ${name} : il reçoit les modifications du leader et ne les applique pas`,
      ),
      hint: words(`On ${name}: \`select pg_wal_replay_resume()\``, `Sur ${name} : \`select pg_wal_replay_resume()\``),
    };
  }
  return applyDelay === null ? null : whyDelayed(applyDelay, view, setting);
}

function whyDelayed(
  { milliseconds, source }: NonNullable<PostgresState['applyDelay']>,
  { trouble }: ReplicationView,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint: Words } {
  const { name } = checkedNode(setting);
  const place = source === null ? '' : ` (${source.file}:${String(source.line)})`;
  const delay = duration(milliseconds);
  const cause = words(
    `recovery_min_apply_delay is ${delay} on ${name}${place}: it receives the leader's changes and applies them that much later`,
    `recovery_min_apply_delay vaut ${delay} sur ${name}${place} : il reçoit les modifications du leader et ne les applique qu'après ce délai`,
  );
  const findings =
    trouble === null ? [] : configurationFindings(trouble, setting).filter(({ id }) => id === 'replay-delayed');
  if (findings.length > 0) {
    const written = findingWords(findings, patroniConfigurationPath);
    return { cause: joinWords([cause, written.cause], '\n'), hint: written.hint };
  }
  const reset = '`alter system reset recovery_min_apply_delay`';
  const reload = '`select pg_reload_conf()`';
  return { cause, hint: words(`On ${name}: ${reset}, then ${reload}`, `Sur ${name} : ${reset}, puis ${reload}`) };
}

/** As PostgreSQL writes it: the largest unit that leaves no rest. */
function duration(milliseconds: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const;
  const [size, unit] = units.find(([length]) => milliseconds % length === 0) ?? [1, 'ms'];
  return `${String(milliseconds / size)}${unit}`;
}
