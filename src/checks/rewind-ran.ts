import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { seen, type Reach, type Observed } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { changesWords, lossNames } from './leader-changes/change-words.ts';
import { leaderLosses } from './leader-changes/classify-loss.ts';
import {
  type LeaderChange,
  type LeaderChanges,
  observeLeaderChanges,
} from './leader-changes/observe-leader-changes.ts';
import { notBegun } from './not-begun.ts';

const schema = z.strictObject({ after: z.enum(leaderLosses) });

interface RewindObservation {
  readonly changes: LeaderChanges;
  /** What Patroni on the old leader said of pg_rewind after each such change. */
  readonly rewinds: readonly { readonly change: LeaderChange; readonly lines: readonly JournalLine[] }[];
}

// Patroni's words, the same in 3.0 and 4.0; of the two "running pg_rewind from" lines the first names the member.
const said = 'running pg_rewind from|pg_rewind exit code=|reinitialization|Failed to rewind';
const lastLines = 50;

/** After a leader was lost in this way, pg_rewind took back on its node what the new leader does not have. */
export const rewindRan = defineCheck({
  name: 'rewind-ran',
  scope: 'cluster',
  schema,
  withinSeconds: 60,
  tellsOfPast: true,

  async observe(reach, setting, { after }) {
    const changes = await observeLeaderChanges(reach, setting);
    if (changes.kind === 'unseen') return changes;
    const asked = changes.value.kind === 'changes' ? changes.value.changes.filter(({ how }) => how === after) : [];
    const rewinds: RewindObservation['rewinds'][number][] = [];
    for (const change of asked) {
      const lines = await rewindLines(reach, change);
      if (lines.kind === 'unseen') return lines;
      rewinds.push({ change, lines: lines.value });
    }
    return seen<RewindObservation>({ changes: changes.value, rewinds });
  },

  judge({ changes, rewinds }, setting, { after }): Judgement {
    const expected = words(
      `after ${lossNames[after].en}, pg_rewind ran on the old leader and ended well`,
      `après ${lossNames[after].fr}, pg_rewind a tourné sur l'ancien leader et s'est bien terminé`,
    );
    if (changes.kind === 'not-begun') return notBegun(expected, setting);
    if (changes.kind === 'no-patroni') {
      const none = words('no Patroni answers', 'aucun Patroni ne répond');
      return { verdict: 'fail', expected, seen: none, ...clusterTroubleWords(changes.troubles, setting) };
    }
    const ran = rewinds.find(({ lines }) => lines.some(({ message }) => message.includes('pg_rewind exit code=0')));
    if (ran !== undefined) return { verdict: 'pass', expected, seen: rewindWords(ran.change, ran.lines) };
    if (rewinds.length > 0) return { verdict: 'fail', expected, ...notYet(rewinds) };
    return {
      verdict: 'fail',
      expected,
      seen: changesWords(changes.changes),
      cause: words(
        `no leader was lost by ${lossNames[after].en} since the chapter began`,
        `aucun leader n'a été perdu par ${lossNames[after].fr} depuis le début du chapitre`,
      ),
    };
  },

  command: () => "journalctl -u patroni -g 'pg_rewind' -o short-iso",
});

async function rewindLines(reach: Reach, change: LeaderChange): Promise<Observed<readonly JournalLine[]>> {
  const { fromNode, at, nextAt } = change;
  if (fromNode === null || at === null) return seen([]);
  return journalLines(reach, fromNode.name, {
    unit: 'patroni',
    grep: said,
    sinceSeconds: at,
    ...(nextAt === null ? {} : { untilSeconds: nextAt }),
    last: lastLines,
  });
}

function rewindWords({ from, to }: LeaderChange, lines: readonly JournalLine[]): Words {
  const last = lines.findLast(({ message }) => message.includes('pg_rewind exit code=0'));
  const when = new Date((last?.atUs ?? 0) / 1000).toISOString().slice(11, 19);
  return words(
    `${from ?? '?'} was rewound from ${to ?? '?'} at ${when} (UTC)`,
    `${from ?? '?'} a été rembobiné depuis ${to ?? '?'} à ${when} (UTC)`,
  );
}

function notYet(rewinds: RewindObservation['rewinds']): { readonly seen: Words; readonly cause: Words } {
  const last = rewinds.at(-1);
  const line = last?.lines.at(-1)?.message.replace(/^\S+ \S+ [A-Z]+: /, '');
  const who = last?.change.from ?? '?';
  if (line === undefined) {
    return {
      seen: words(`${who} has not begun a pg_rewind`, `${who} n'a pas commencé de pg_rewind`),
      cause: words(
        `Patroni on ${last?.change.fromNode?.name ?? '?'} does not go on yet, or found nothing to rewind`,
        `Patroni sur ${last?.change.fromNode?.name ?? '?'} ne continue pas encore, ou n'a rien trouvé à rembobiner`,
      ),
    };
  }
  return {
    seen: words(`pg_rewind on ${who} did not end well`, `pg_rewind sur ${who} ne s'est pas bien terminé`),
    cause: words(`the last that Patroni says of it: ${line}`, `le dernier mot de Patroni à ce sujet : ${line}`),
  };
}
