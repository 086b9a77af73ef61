import { joinWords, words, type Words } from '../model/words.ts';
import { checkedNode } from './checked-node.ts';
import { type CheckSetting } from './kind.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import {
  configurationFindings,
  findingTroubleWords,
  patroniConfigurationPath,
  patroniTroubleWords,
  type TroubleWords,
} from './patroni-trouble.ts';
import { type ReplicationView } from './replication-view.ts';
import { whyNoReplay } from './why-no-replay.ts';
import { whyNoSlot } from './why-no-slot.ts';

type Reason = Omit<TroubleWords, 'final'>;

/** The likely cause, from what both ends say to what the replica's log and configuration say. */
export function whyNotStreaming(view: ReplicationView, setting: CheckSetting): Reason {
  const told = view.trouble === null ? null : patroniTroubleWords(view.trouble, setting);
  const reason =
    ofLeader(view, setting) ??
    whyNoReplay(view, setting) ??
    ofService(view, setting, told) ??
    ofDatabase(view, setting) ??
    ofSlot(view, setting) ??
    ofTimeline(view, setting, told);
  if (reason !== null) return reason;
  const refused = ofLeaderAccess(view, setting);
  if (refused !== null)
    return told === null ? refused : { cause: joinWords([told.cause, refused.cause], '\n'), hint: refused.hint };
  if (told !== null) return { cause: told.cause, ...(told.hint === undefined ? {} : { hint: told.hint }) };
  return ofSender(view, setting) ?? stillComing(setting);
}

/** It is the leader's file that lets replicas in. */
function ofLeaderAccess({ leaderTrouble }: ReplicationView, setting: CheckSetting): Required<Reason> | null {
  if (leaderTrouble === null) return null;
  const atLeader = { ...setting, node: leaderTrouble.node };
  const findings = configurationFindings(leaderTrouble, atLeader).filter(({ id }) =>
    /^(pg-hba-(no-replication|missing|not-a-list)|listen-only-local)$/.test(id),
  );
  return findings.length === 0
    ? null
    : findingWords(findings, `${leaderTrouble.node.name}:${patroniConfigurationPath}`);
}

/**
 * Without its slot it can't even follow the leader to a new timeline: what its last attempt met counts, whatever was in the
 * way before.
 */
function ofSlot({ trouble }: ReplicationView, setting: CheckSetting): Reason | null {
  const attempt =
    /started streaming WAL|could not (start WAL streaming|connect to (the )?primary|receive data from WAL stream)/;
  const last = trouble?.service?.lines.findLast(({ message }) => attempt.test(message));
  const slot = /replication slot "(\w+)" does not exist/.exec(last?.message ?? '')?.[1];
  return slot === undefined ? null : whyNoSlot(slot, setting);
}

/** Its PostgreSQL runs and follows a history that is over. */
function ofTimeline(
  { leaderState, replicaState }: ReplicationView,
  setting: CheckSetting,
  told: TroubleWords | null,
): Reason | null {
  if (leaderState?.kind !== 'answer' || replicaState.kind !== 'answer') return null;
  const [ahead, behind] = [leaderState.value.timeline, replicaState.value.timeline];
  if (ahead === null || behind === null || behind >= ahead) return null;
  const { name } = checkedNode(setting);
  const stayed = words(
    `${name} has stayed on timeline ${behind}, which ended when the leader went on to ${ahead}`,
    `${name} est resté sur la timeline ${behind}, qui a pris fin quand le leader est passé à la ${ahead}`,
  );
  const causes = [stayed, ...(told === null ? [] : [told.cause])];
  return { cause: joinWords(causes, '\n'), ...(told?.hint === undefined ? {} : { hint: told.hint }) };
}

function ofLeader({ leader }: ReplicationView, setting: CheckSetting): Reason | null {
  const { name } = checkedNode(setting);
  if (leader === null) {
    return {
      cause: words(
        'no Patroni that answers names a leader: nobody to stream from',
        "aucun Patroni qui répond ne nomme de leader : il n'y a personne à suivre",
      ),
    };
  }
  if (leader.name !== name) return null;
  return {
    cause: words(
      `${name} leads now: the roles have changed since the target was looked up`,
      `${name} est le leader à présent : les rôles ont changé entre-temps`,
    ),
  };
}

function ofService({ trouble }: ReplicationView, setting: CheckSetting, told: TroubleWords | null): Reason | null {
  const service = trouble?.service;
  if (service === undefined || service === null || service.unit.active === 'active') return null;
  const { name } = checkedNode(setting);
  const cause = told?.cause ?? words(`patroni is not running on ${name}`, `patroni n'est pas en marche sur ${name}`);
  return { cause, ...(told?.hint === undefined ? {} : { hint: told.hint }) };
}

function ofDatabase(
  { leaderState, replicaState, leader, trouble }: ReplicationView,
  setting: CheckSetting,
): Reason | null {
  if (leaderState?.kind !== 'answer' || replicaState.kind !== 'answer') return null;
  const replica = checkedNode(setting);
  if (leaderState.value.systemIdentifier === replicaState.value.systemIdentifier) return null;
  const own = words(
    `${replica.name} has a database of its own (system identifier ${replicaState.value.systemIdentifier}), not a copy of the one on ${leader?.name ?? ''} (${leaderState.value.systemIdentifier})`,
    `${replica.name} a sa propre base (identifiant système ${replicaState.value.systemIdentifier}), pas une copie de celle de ${leader?.name ?? ''} (${leaderState.value.systemIdentifier})`,
  );
  const remake = words(
    `Stop patroni on ${replica.name}, remove its data directory and start patroni again: it then copies the leader.`,
    `Arrêtez patroni sur ${replica.name}, supprimez son répertoire de données et redémarrez patroni : il copie alors le leader.`,
  );
  const because = trouble === null ? null : findingTroubleWords(trouble, setting);
  if (because === null) return { cause: own, hint: remake };
  return { cause: joinWords([own, because.cause], '\n'), hint: joinWords([because.hint, remake], '\n') };
}

/** Both run, and nothing is in the log. */
function ofSender({ leader, senders, replicaState }: ReplicationView, setting: CheckSetting): Reason | null {
  const { address, member, name } = checkedNode(setting);
  if (senders?.kind !== 'answer' || replicaState.kind !== 'answer') return null;
  const stranger = senders.value.find(({ clientAddress }) => clientAddress === address);
  if (stranger !== undefined && stranger.applicationName !== member) {
    return {
      cause: words(
        `${name} streams under the name ${stranger.applicationName}, not as ${member ?? ''}`,
        `${name} est en streaming sous le nom ${stranger.applicationName}, pas ${member ?? ''}`,
      ),
    };
  }
  const host = replicaState.value.receiver?.host;
  if (host === undefined || host === null) return null;
  if (leader !== null && [leader.address, leader.name, leader.member, ...leader.aliases].includes(host))
    return connectionGivenUp(name, leader.name);
  return {
    cause: words(
      `${name} streams from ${host}, not from the leader`,
      `${name} est en streaming depuis ${host}, pas depuis le leader`,
    ),
  };
}

/** The leader ends a connection on which it hears nothing for `wal_sender_timeout`; the other end may not know. */
function connectionGivenUp(name: string, leader: string): Reason {
  return {
    cause: words(
      `the WAL receiver of ${name} takes itself for connected to ${leader}, which has given that connection up: it hangs, or nothing comes through between the two`,
      `le récepteur de WAL de ${name} se croit connecté à ${leader}, qui a abandonné cette connexion : il est bloqué, ou plus rien ne passe entre les deux`,
    ),
    hint: words(
      `On ${name}: \`ps -C postgres -o pid,stat,args\` (T: stopped by a signal), \`ping ${leader}\``,
      `Sur ${name} : \`ps -C postgres -o pid,stat,args\` (T : arrêté par un signal), \`ping ${leader}\``,
    ),
  };
}

function stillComing(setting: CheckSetting): Reason {
  const { name, member = '' } = checkedNode(setting);
  const cause: Words = words(
    `patroni runs on ${name}, and its log says nothing unusual: the replica is still being made or is catching up`,
    `patroni est en marche sur ${name} et son journal ne dit rien d'inhabituel : le réplica est en cours de création ou rattrape son retard`,
  );
  const remake = `patronictl -c ${patroniConfigurationPath} reinit ${setting.workshop.values['patroni_scope'] ?? ''} ${member}`;
  const hint: Words = words(
    `Where that lasts longer than a minute, its PostgreSQL waits for WAL that never comes, as after a start while nobody led: ${remake}`,
    `Si cela dure plus d'une minute, son PostgreSQL attend des WAL qui ne viendront pas, comme après un démarrage alors que personne n'était leader : ${remake}`,
  );
  return { cause, hint };
}
