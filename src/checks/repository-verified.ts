import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words } from '../model/words.ts';
import { type PgbackrestAnswer, pgbackrestCommand, verifyRepository } from '../probes/pgbackrest.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';
import { noMember, observeStanza, readView, type StanzaView } from './pgbackrest/observe-stanza.ts';

interface VerificationObservation {
  readonly view: StanzaView | null;
  readonly verification: PgbackrestAnswer<readonly string[]> | null;
}

/** Every file of every backup and every WAL segment is read again, and has the checksum that was noted. */
export const repositoryVerified = defineCheck({
  name: 'repository-verified',
  scope: 'cluster',
  schema: z.strictObject({ stanza: z.string() }),
  withinSeconds: 5,

  async observe(reach, setting, { stanza }) {
    const view = await observeStanza(reach, setting, stanza);
    if (view.kind === 'unseen') return view;
    if (view.value === null) return seen<VerificationObservation>({ view: null, verification: null });
    const verification = await verifyRepository(reach, view.value.node, stanza);
    if (verification.kind === 'unseen') return verification;
    return seen<VerificationObservation>({ view: view.value, verification: verification.value });
  },

  judge({ view, verification }, _setting, { stanza }): Judgement {
    const expected = words(
      'every backup and every WAL segment has the checksum that was noted',
      'chaque sauvegarde et chaque segment WAL a la somme de contrôle notée',
    );
    if (view === null || verification === null) return { verdict: 'fail', expected, ...noMember() };
    const read = readView(view, stanza);
    if (!('stanza' in read)) return { verdict: 'fail', expected, ...read };
    if (verification.kind === 'error') return { verdict: 'fail', expected, seen: verbatim(verification.message) };
    const lines = verification.value;
    const status = lines.find((line) => line.startsWith('status: ')) ?? '';
    const backups = lines.filter((line) => /^\s+backup: .*status: valid/.test(line)).length;
    if (status === 'status: ok' && backups > 0)
      return {
        verdict: 'pass',
        expected,
        seen: words(`${String(backups)} backups valid`, `${String(backups)} sauvegardes valides`),
      };
    const wrong = lines.flatMap((line, index) => wrongLine(line, lines[index + 1] ?? ''));
    return {
      verdict: 'fail',
      expected,
      seen: words(`${status}, ${String(backups)} backups valid`, `${status}, ${String(backups)} sauvegardes valides`),
      ...(wrong.length === 0 ? {} : { cause: joinWords(wrong.map(verbatim), '\n') }),
    };
  },

  command: (_setting, { stanza }) => pgbackrestCommand(stanza, 'verify --output=text --verbose'),
});

/** A backup, or an archive, with what is wrong in it; a message of the whole stanza. */
function wrongLine(line: string, below: string): readonly string[] {
  if (/^\s+(No usable|backup: .*status: (?!valid))/.test(line) || /[a-z]: [1-9]/.test(below.replace(/.*total.*/, '')))
    return [/^\s+(missing|checksum)/.test(below) ? `${line.trim()}; ${below.trim()}` : line.trim()];
  return [];
}
