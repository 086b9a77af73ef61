import { words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { blocking, silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';

/** Where Debian puts PostgreSQL's programs, data and sockets: bin_dir, data_dir, unix_socket_directories. */
export const installationPaths: ConfigurationRule = (root, { edition }) => {
  const major = edition.values['postgresql'];
  const section = entryAt(root, 'postgresql');
  if (major === undefined || section === undefined) return [];
  return [...programs(section, major), ...data(section, major), ...sockets(root)];
};

function programs(section: ConfigurationEntry, major: string): readonly FindingDraft[] {
  const right = `/usr/lib/postgresql/${major}/bin`;
  const entry = entryAt(section, 'bin_dir');
  const found = textOf(entry)?.replace(/\/+$/, '');
  const hint = words(
    `Write \`bin_dir: ${right}\` under \`postgresql:\`.`,
    `Écrivez \`bin_dir: ${right}\` sous \`postgresql:\`.`,
  );
  if (entry === undefined || found === undefined || found === '') {
    const cause = words(
      'Patroni is not told where initdb and pg_ctl are: on Debian they are not in the path',
      'Patroni ne sait pas où sont initdb et pg_ctl : sous Debian, ils ne sont pas dans le PATH',
    );
    return [blocking('bin-dir-missing', entry ?? section, cause, hint)];
  }
  if (found === right) return [];
  const other = /\/postgresql\/(\d+)\//.exec(found)?.[1];
  const cause =
    other === undefined
      ? words(`PostgreSQL's programs are not in ${found}`, `les programmes de PostgreSQL ne sont pas dans ${found}`)
      : words(
          `PostgreSQL ${other} is not installed here, version ${major} is`,
          `PostgreSQL ${other} n'est pas installé ici ; c'est la version ${major}`,
        );
  return [blocking('bin-dir-other', entry, cause, hint)];
}

function data(section: ConfigurationEntry, major: string): readonly FindingDraft[] {
  const entry = entryAt(section, 'data_dir');
  const found = textOf(entry)?.replace(/\/+$/, '');
  const right = `/var/lib/postgresql/${major}/main`;
  const hint = words(`Write \`data_dir: ${right}\`.`, `Écrivez \`data_dir: ${right}\`.`);
  if (entry === undefined || found === undefined) {
    const cause = words(
      'Patroni is not told where the database is to be',
      'Patroni ne sait pas où placer la base de données',
    );
    return [blocking('data-dir-missing', entry ?? section, cause, hint)];
  }
  const [, version] = /^\/var\/lib\/postgresql\/(\d+)\/[^/]+$/.exec(found) ?? [];
  if (version === major) return [];
  const cause =
    version === undefined
      ? words(
          `${found} is outside of Debian's layout, where Debian's tools and the later chapters look`,
          `${found} sort de l'arborescence de Debian, où regardent ses outils et les chapitres suivants`,
        )
      : words(
          `the directory is named after version ${version}; version ${major} is installed`,
          `le répertoire porte la version ${version} ; c'est la version ${major} qui est installée`,
        );
  return [silentlyWrong('data-dir-other', entry, cause, hint)];
}

const standardSockets = ['/var/run/postgresql', '/run/postgresql'];

function sockets(root: ConfigurationEntry): readonly FindingDraft[] {
  const places = [
    entryAt(root, 'postgresql', 'parameters'),
    entryAt(root, 'bootstrap', 'dcs', 'postgresql', 'parameters'),
  ];
  const entry = places.flatMap((parameters) => entryAt(parameters, 'unix_socket_directories') ?? [])[0];
  if (entry === undefined) return [];
  const found = (textOf(entry) ?? '').split(',').map((directory) => directory.trim().replace(/\/+$/, ''));
  if (found.some((directory) => standardSockets.includes(directory))) return [];
  return [
    silentlyWrong(
      'socket-directory',
      entry,
      words(
        `psql looks for the socket in ${standardSockets[0] ?? ''}; with this line it is not there`,
        `psql cherche la socket dans ${standardSockets[0] ?? ''} ; avec cette ligne, elle n'y est pas`,
      ),
      words(
        'Write `unix_socket_directories: /var/run/postgresql`.',
        'Écrivez `unix_socket_directories: /var/run/postgresql`.',
      ),
    ),
  ];
}
