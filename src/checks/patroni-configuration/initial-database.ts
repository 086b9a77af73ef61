import { words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';

/** bootstrap.initdb, bootstrap.users and bootstrap.pg_hba: what happens once, when the first member makes the database. */
export const initialDatabase: ConfigurationRule = (root) => {
  const bootstrap = entryAt(root, 'bootstrap');
  const users = entryAt(bootstrap, 'users');
  const hba = entryAt(bootstrap, 'pg_hba');
  return [
    ...initdbFindings(entryAt(bootstrap, 'initdb')),
    ...(users === undefined ? [] : [usersIgnored(users)]),
    ...(hba === undefined || fullHba(root) ? [] : [hbaAppended(hba)]),
  ];
};

/** With a list of its own, in the file or in the dynamic configuration, Patroni writes pg_hba.conf as a whole. */
function fullHba(root: ConfigurationEntry): boolean {
  const own = [entryAt(root, 'postgresql', 'pg_hba'), entryAt(root, 'bootstrap', 'dcs', 'postgresql', 'pg_hba')];
  return own.some((list) => (list?.children.length ?? 0) > 0);
}

const initdbHint = words(
  'Write a list: `- encoding: UTF8`, and on the next line `- data-checksums`.',
  'Écrivez une liste : `- encoding: UTF8`, et à la ligne suivante `- data-checksums`.',
);

function initdbFindings(initdb: ConfigurationEntry | undefined): readonly FindingDraft[] {
  if (initdb === undefined || (initdb.kind === 'scalar' && initdb.value === null)) return [];
  if (initdb.kind === 'scalar') {
    const cause = words(
      `initdb's options have to be a list, not the text \`${textOf(initdb) ?? ''}\`: Patroni gives up before it makes the database`,
      `les options d'initdb doivent former une liste, pas le texte \`${textOf(initdb) ?? ''}\` : Patroni renonce avant de créer la base`,
    );
    return [blocking('initdb-not-a-list', initdb, cause, initdbHint)];
  }
  const torn = initdb.children.find((option) => /\s/.test(textOf(option) ?? ''));
  if (initdb.kind === 'mapping' || torn === undefined) return [];
  const text = textOf(torn) ?? '';
  const cause = words(
    `initdb gets \`--${text}\` as one option, which it does not know`,
    `initdb reçoit \`--${text}\` comme une seule option, qu'il ne connaît pas`,
  );
  return [blocking('initdb-option', torn, cause, initdbHint)];
}

function usersIgnored(users: ConfigurationEntry): FindingDraft {
  return silentlyWrong(
    'bootstrap-users',
    users,
    words(
      'Patroni does not make these roles: it skips the ones of `postgresql.authentication`, and since version 4 the whole section',
      'Patroni ne crée pas ces rôles : il ignore ceux de `postgresql.authentication`, et depuis la version 4 toute la section',
    ),
    words(
      'Take `users:` out: superuser, replication and rewind come from `postgresql.authentication`.',
      'Supprimez `users:` : superuser, replication et rewind viennent de `postgresql.authentication`.',
    ),
  );
}

function hbaAppended(hba: ConfigurationEntry): FindingDraft {
  return silentlyWrong(
    'bootstrap-pg-hba',
    hba,
    words(
      'lines under `bootstrap.pg_hba` are put behind those of initdb, which let everybody on the node in without a password (trust)',
      "les lignes de `bootstrap.pg_hba` sont ajoutées après celles d'initdb, qui laissent entrer sans mot de passe tout utilisateur du nœud (trust)",
    ),
    words(
      'Write the whole list under `postgresql.pg_hba`, `local all all peer` first.',
      'Écrivez la liste complète sous `postgresql.pg_hba`, en commençant par `local all all peer`.',
    ),
  );
}
