import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { type Backup, pgbackrestCommand } from '../probes/pgbackrest.ts';
import { defineCheck } from './kind.ts';
import { noMember, observeStanza, readView, type StanzaView } from './pgbackrest/observe-stanza.ts';

const schema = z.strictObject({ stanza: z.string(), type: z.enum(['full', 'diff', 'incr']) });

/** The repository lists a backup of this type, without errors, and what it stands on. */
export const backupKept = defineCheck<z.infer<typeof schema>, StanzaView | null>({
  name: 'backup-kept',
  scope: 'cluster',
  schema,
  withinSeconds: 5,

  observe: (reach, setting, { stanza }) => observeStanza(reach, setting, stanza),

  judge(view, _setting, { stanza, type }): Judgement {
    const expected = words(
      `a backup of type ${type} in the stanza ${stanza}`,
      `une sauvegarde de type ${type} dans la stanza ${stanza}`,
    );
    if (view === null) return { verdict: 'fail', expected, ...noMember() };
    const read = readView(view, stanza);
    if (!('stanza' in read)) return { verdict: 'fail', expected, ...read };
    const { backups } = read.stanza;
    const newest = backups.findLast((backup) => backup.type === type);
    if (newest === undefined)
      return { verdict: 'fail', expected, seen: listed(backups), cause: noneOfIt(type, backups) };
    if (newest.error)
      return {
        verdict: 'fail',
        expected,
        seen: words(`${newest.label}, with errors`, `${newest.label}, avec des erreurs`),
        cause: words(
          'pages with wrong checksums were met while it was taken',
          'des pages aux sommes de contrôle fausses ont été rencontrées pendant la sauvegarde',
        ),
      };
    return { verdict: 'pass', expected, seen: words(newest.label, newest.label) };
  },

  command: (_setting, { stanza }) => pgbackrestCommand(stanza, 'info'),
});

function listed(backups: readonly Backup[]): Words {
  const labels = backups.map(({ label }) => label).join(', ');
  return labels === '' ? words('no backup at all', 'aucune sauvegarde') : words(labels, labels);
}

function noneOfIt(type: Backup['type'], backups: readonly Backup[]): Words {
  if (type !== 'full' && backups.length === 0)
    return words(
      'there is no full backup: pgBackRest turns an incremental one without any before it into a full one',
      "il n'y a pas de sauvegarde complète : sans elle, pgBackRest fait d'une incrémentale une complète",
    );
  return words(
    `none of type ${type} was taken, or it expired with the full backup that it stood on`,
    `aucune de type ${type} n'a été prise, ou elle a expiré avec la sauvegarde complète dont elle dépendait`,
  );
}
