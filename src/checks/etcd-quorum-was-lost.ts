import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { messageIds } from '../probes/service-state.ts';
import { systemdUnit } from '../probes/systemd-unit.ts';
import { defineCheck } from './kind.ts';
import { greatestCommonStop, stopIntervals, type CommonStop } from './stop-intervals.ts';

interface MemberHistory {
  readonly node: NodeDefinition;
  /** null: the node itself isn't running, so there is nothing to read. */
  readonly history: {
    /** Starts and ends of the service, and starts of the node. */
    readonly lines: readonly JournalLine[];
    /** When the member last began without data. */
    readonly bornUs: number;
    readonly runs: boolean;
  } | null;
}

const unit = 'etcd.service';
/** What etcd says at a start without data, in 3.4 and in 3.5; with data it says "restarting …". */
const birth = '(^|")starting (local )?member';
/** A few lines for a stop and a start; a lab has seen a few dozen of them at most. */
const lastLines = 500;

/** So many members were stopped at the same moment while their nodes ran, and all of them run again. */
export const etcdQuorumWasLost = defineCheck({
  name: 'etcd-quorum-was-lost',
  scope: 'cluster',
  schema: z.strictObject({ stopped: z.number().int().min(1) }),
  withinSeconds: 20,
  tellsOfPast: true,

  async observe(reach, { nodes }) {
    const histories: MemberHistory[] = [];
    for (const history of await Promise.all(nodes.map((node) => memberHistory(reach, node)))) {
      if (history.kind === 'unseen') return history;
      histories.push(history.value);
    }
    return seen<readonly MemberHistory[]>(histories);
  },

  judge(histories, _setting, { stopped }): Judgement {
    const expected = words(
      `${String(stopped)} members were stopped at the same moment, and all run again`,
      `${String(stopped)} membres ont été arrêtés en même temps, et tous sont de nouveau en marche`,
    );
    const sinceUs = formedUs(histories);
    const stops = new Map(
      histories.map(({ node, history }) => [node.name, history === null ? [] : stopsSince(history.lines, sinceUs)]),
    );
    const most = greatestCommonStop(stops);
    const shown = mostWords(most);
    const readable = histories.every(({ history }) => history !== null);
    const enough = most !== null && most.names.length >= stopped;
    const causes = [...(readable && !enough ? [notEnough(most, stopped)] : []), ...notBack(histories)];
    return causes.length === 0
      ? { verdict: 'pass', expected, seen: shown }
      : { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
  },

  command: () => "journalctl -u etcd -g 'Started|Stopped' -o short-iso",
});

async function memberHistory(reach: Reach, node: NodeDefinition): Promise<Observed<MemberHistory>> {
  if (reach.observation.nodes.get(node.name) !== 'running') return seen({ node, history: null });
  const ids = [messageIds.starting, messageIds.started, messageIds.stopped, messageIds.endedWell, messageIds.failed];
  const terms = [
    `UNIT=${unit}`,
    ...ids.map((id) => `MESSAGE_ID=${id}`),
    '+',
    `MESSAGE_ID=${messageIds.startupFinished}`,
  ];
  const [lines, born, service] = await Promise.all([
    journalLines(reach, node.name, { terms, last: lastLines }),
    journalLines(reach, node.name, { unit, grep: birth, last: 1 }),
    systemdUnit(reach, node.name, unit),
  ]);
  if (lines.kind === 'unseen') return lines;
  if (born.kind === 'unseen') return born;
  if (service.kind === 'unseen') return service;
  const bornUs = born.value.at(-1)?.atUs ?? 0;
  return seen({ node, history: { lines: lines.value, bornUs, runs: service.value.active === 'active' } });
}

/**
 * What happened before belongs to another cluster, or to the first steps of this one: a member is started once it has a
 * majority, and members that were not yet there have lost nothing. A member that was replaced since then began later than
 * the cluster: it is as old as its oldest member.
 */
function formedUs(histories: readonly MemberHistory[]): number {
  const told = histories.flatMap(({ history }) => history ?? []);
  const bornUs = Math.min(...told.map((history) => history.bornUs));
  return Math.max(
    ...told.map(({ lines }) =>
      Math.min(...lines.filter((line) => line.atUs > bornUs && isStart(line)).map(({ atUs }) => atUs)),
    ),
  );
}

/** One that a condition prevented has no invocation. */
function isStart({ messageId, invocation }: JournalLine): boolean {
  return messageId === messageIds.started && invocation !== null;
}

function stopsSince(lines: readonly JournalLine[], sinceUs: number): ReturnType<typeof stopIntervals> {
  return stopIntervals(lines).filter(({ fromUs }) => fromUs > sinceUs);
}

function notBack(histories: readonly MemberHistory[]): readonly Words[] {
  return histories.flatMap(({ node, history }): readonly Words[] => {
    if (history === null) return [words(`${node.name} is not running`, `${node.name} n'est pas en marche`)];
    if (history.runs) return [];
    return [
      words(
        `etcd on ${node.name} does not run again yet: \`systemctl start etcd\``,
        `etcd sur ${node.name} n'est pas encore reparti : \`systemctl start etcd\``,
      ),
    ];
  });
}

function notEnough(most: CommonStop | null, stopped: number): Words {
  if (most === null)
    return words(
      'no member has been stopped since the cluster was formed',
      "aucun membre n'a été arrêté depuis la formation du cluster",
    );
  return words(
    `never more than ${String(most.names.length)} stopped at a time: stop ${String(stopped)} before you start one again`,
    `jamais plus de ${String(most.names.length)} à l'arrêt à la fois : arrêtez-en ${String(stopped)} avant d'en redémarrer un`,
  );
}

function mostWords(most: CommonStop | null): Words {
  if (most === null) return words('no stop', 'aucun arrêt');
  const from = clock(most.fromUs);
  const to = most.toUs === null ? words('now', 'maintenant') : words(clock(most.toUs), clock(most.toUs));
  return words(
    `${most.names.join(' and ')} stopped from ${from} to ${to.en} (UTC)`,
    `${most.names.join(' et ')} à l'arrêt de ${from} à ${to.fr} (UTC)`,
  );
}

function clock(us: number): string {
  return new Date(us / 1000).toISOString().slice(11, 19);
}
