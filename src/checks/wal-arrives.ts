import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { journalLines } from '../probes/journal-lines.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { archiver, archiverSql, type Archiver } from '../probes/postgres-archiver.ts';
import { archiving } from '../probes/postgres-archiving.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { archiveCommandTrouble } from './pgbackrest/archive-command-trouble.ts';
import { observeStanza, readView, type StanzaView } from './pgbackrest/observe-stanza.ts';

interface WalObservation {
  readonly leader: LeaderAnswer<Archiver>;
  readonly view: StanzaView | null;
  /** The leader's archive_command. */
  readonly command: string | null;
  /** The last error of pgBackRest in the leader's log. */
  readonly error: string | null;
}

/** What PostgreSQL archives comes into the repository, and the last attempt was no failure. */
export const walArrives = defineCheck({
  name: 'wal-arrives',
  scope: 'cluster',
  schema: z.strictObject({ stanza: z.string() }),
  withinSeconds: 75,

  async observe(reach, setting, { stanza }) {
    const leader = await askLeader(reach, setting, (node) => archiver(reach, node));
    if (leader.kind === 'unseen') return leader;
    const view = await observeStanza(reach, setting, stanza);
    if (view.kind === 'unseen') return view;
    const more = await lookAtCommand(reach, leader.value);
    return more.kind === 'unseen'
      ? more
      : seen<WalObservation>({ leader: leader.value, view: view.value, ...more.value });
  },

  judge({ leader, view, command, error }, setting, { stanza }): Judgement {
    const expected = words(
      'PostgreSQL archives, and what it archived is in the repository',
      'PostgreSQL archive, et ce qui est archivé se trouve dans le dépôt',
    );
    return judgeLeader(leader, setting, expected, (state) => {
      const found = archiverWords(state);
      const read = view === null ? null : readView(view, stanza);
      const newest = read !== null && 'stanza' in read ? read.stanza.newestWal : null;
      const trouble = command === null ? null : archiveCommandTrouble(command, stanza);
      const fails = (...causes: readonly (Words | null | undefined)[]): Judgement => {
        const named = causes.flatMap((cause) => cause ?? []);
        return {
          verdict: 'fail',
          expected,
          seen: found,
          ...(named.length === 0 ? {} : { cause: joinWords(named, '\n') }),
        };
      };
      const repository = read !== null && 'cause' in read ? read.cause : null;
      const said = error === null ? null : words(`pgBackRest says: ${error}`, `pgBackRest dit : ${error}`);
      const since = failingSince(state);
      if (since !== null) return fails(since, trouble, repository, said);
      if (repository) return fails(repository, trouble);
      if (state.lastArchived === null) return fails(nothingYet(), trouble);
      if (!isBehind(newest, state.lastArchived)) return { verdict: 'pass', expected, seen: found };
      return fails(keptNothing(state.lastArchived, newest), trouble);
    });
  },

  command: ({ workshop }: CheckSetting) => psqlCommand(workshop, archiverSql),
});

async function lookAtCommand(
  reach: Reach,
  { leader, answer }: LeaderAnswer<Archiver>,
): Promise<Observed<Pick<WalObservation, 'command' | 'error'>>> {
  if (leader === null || answer?.kind !== 'answer') return seen({ command: null, error: null });
  const asked = await archiving(reach, leader);
  if (asked.kind === 'unseen') return asked;
  const command = asked.value.kind === 'answer' ? asked.value.value.command : null;
  if (failingSince(answer.value) === null) return seen({ command, error: null });
  const lines = await journalLines(reach, leader.name, { unit: 'patroni', grep: 'P0\\d +ERROR:', last: 1 });
  if (lines.kind === 'unseen') return lines;
  const message = lines.value.at(-1)?.message ?? null;
  return seen({ command, error: message?.replace(/^.*?ERROR:/, 'ERROR:') ?? null });
}

function failingSince({ failed, lastFailed, lastFailedAt, lastArchivedAt, waiting }: Archiver): Words | null {
  if (lastFailedAt === null || (lastArchivedAt !== null && lastArchivedAt > lastFailedAt)) return null;
  const since = lastArchivedAt === null ? null : clock(lastArchivedAt);
  const last = `${lastFailed ?? '?'}, ${clock(lastFailedAt)}`;
  return words(
    `archiving fails${since === null ? '' : `: nothing was archived since ${since}`}; ${String(failed)} failures, the last one ${last}; ${String(waiting)} segments wait`,
    `l'archivage échoue${since === null ? '' : ` : rien n'a été archivé depuis ${since}`} ; ${String(failed)} échecs, le dernier ${last} ; ${String(waiting)} segments attendent`,
  );
}

function nothingYet(): Words {
  return words(
    'the leader has archived nothing yet: a segment of 16 MB goes when it is full, or with `select pg_switch_wal()`',
    "le leader n'a encore rien archivé : un segment de 16 Mo part quand il est plein, ou avec `select pg_switch_wal()`",
  );
}

function keptNothing(archived: string, newest: string | null): Words {
  return words(
    `PostgreSQL takes ${archived} to be archived, and the repository ${newest === null ? 'has no segment' : `ends with ${newest}`}: what it archived was not kept`,
    `PostgreSQL tient ${archived} pour archivé, et le dépôt ${newest === null ? "n'a aucun segment" : `s'arrête à ${newest}`} : ce qui a été archivé n'a pas été gardé`,
  );
}

/** Names of segments sort as they were written, timeline first. Files of timelines and backups are no segments. */
function isBehind(newest: string | null, archived: string): boolean {
  const segment = /^[0-9A-F]{24}$/.exec(archived)?.[0];
  if (newest === null) return true;
  return segment !== undefined && newest < segment;
}

function archiverWords({ archived, lastArchived, failed, lastFailed }: Archiver): Words {
  return words(
    `${String(archived)} archived, the last one ${lastArchived ?? '-'}; ${String(failed)} failures${lastFailed === null ? '' : `, the last one ${lastFailed}`}`,
    `${String(archived)} archivés, le dernier ${lastArchived ?? '-'} ; ${String(failed)} échecs${lastFailed === null ? '' : `, le dernier ${lastFailed}`}`,
  );
}

function clock(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(11, 19)} (UTC)`;
}
