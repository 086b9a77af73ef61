// What Patroni and the PostgreSQL under it write when they can't start or can't go on; seen with Patroni 3.0.2 and 4.0.7,
// PostgreSQL 15 and 17.

import { words, type Words } from '../model/words.ts';
import { type TellTale } from './tell-tale.ts';

export const patroniTellTales: readonly TellTale[] = [
  tell(/Failed to get list of machines from \S+\/v2: EtcdException\('Bad response : 404/, () =>
    words(
      'Patroni asks etcd in version 2 of its API, which etcd no longer serves (404): the section of config.yml is `etcd:`, and it has to be `etcd3:`',
      "Patroni interroge etcd dans la version 2 de son API, qu'etcd ne sert plus (404) : la section de config.yml est `etcd:`, il faut `etcd3:`",
    ),
  ),
  tell(/Failed to get list of machines from http\S*?:(\d+)\/v3\S*: .*404 page not found/, ([, port = '']) =>
    words(
      `something answers on port ${port}, but not to etcd's clients: theirs is 2379, 2380 is for the members among themselves`,
      `quelque chose répond sur le port ${port}, mais pas aux clients d'etcd : leur port est 2379, et 2380 est réservé aux membres entre eux`,
    ),
  ),
  tell(/(?:Failed to get list of machines from|Request to server) (http\S+?)(?:\/v\S*: | failed: )/, ([, url = '']) =>
    words(`Patroni can't reach etcd: ${url} does not answer`, `Patroni ne joint pas etcd : ${url} ne répond pas`),
  ),
  tell(/initdb options must be list or dict/, () =>
    words(
      '`initdb` in config.yml has to be a list (`- encoding: UTF8`)',
      '`initdb` dans config.yml doit être une liste (`- encoding: UTF8`)',
    ),
  ),
  tell(
    /No such file or directory: '(\S*?)(initdb|pg_ctl|postgres|pg_controldata)'/,
    ([, directory = '', program = '']) =>
      directory === ''
        ? words(
            `Patroni does not find ${program}: \`bin_dir\` is missing in config.yml`,
            `Patroni ne trouve pas ${program} : \`bin_dir\` manque dans config.yml`,
          )
        : words(
            `Patroni does not find ${program} in ${directory}: \`bin_dir\` in config.yml is wrong`,
            `Patroni ne trouve pas ${program} dans ${directory} : \`bin_dir\` dans config.yml est faux`,
          ),
  ),
  tell(/Can not find suitable configuration of distributed configuration store/, () =>
    words(
      'Patroni finds no store that it can use: config.yml has no section `etcd3:`, or the package python3-etcd is missing',
      "Patroni ne trouve aucun magasin de configuration utilisable : config.yml n'a pas de section `etcd3:`, ou le paquet python3-etcd manque",
    ),
  ),
  tell(/in "(\/etc\/patroni\/\S+)", line (\d+)/, ([, file = '', line = '']) =>
    words(`${file} is not valid YAML at line ${line}`, `${file} n'est pas du YAML valide à la ligne ${line}`),
  ),
  tell(/^KeyError: '(\w+)'/, ([, key = '']) =>
    words(
      `config.yml has no \`${key}\`, which Patroni needs`,
      `config.yml n'a pas de \`${key}\`, dont Patroni a besoin`,
    ),
  ),
  tell(/Permission denied: '(\/etc\/patroni\S*)'/, ([, file = '']) =>
    words(
      `Patroni runs as postgres and may not read ${file}`,
      `Patroni tourne sous postgres et n'a pas le droit de lire ${file}`,
    ),
  ),
  tell(/there is already a node named '([^']+)' running/, ([, name = '']) =>
    words(
      `at the address that etcd has for the member ${name} somebody answers: another node has the same \`name\`, or this one was known under a wrong \`connect_address\` less than 30 s ago`,
      `quelqu'un répond à l'adresse qu'etcd connaît pour le membre ${name} : un autre nœud a le même \`name\`, ou celui-ci était connu sous un mauvais \`connect_address\` il y a moins de 30 s`,
    ),
  ),
  tell(/released leader key voluntarily as data dir empty and currently leader/, () =>
    words(
      "this node has the same `name` as the leader: it found itself leading without a database and gave the leader's key away",
      "ce nœud a le même `name` que le leader : il s'est cru leader sans base de données et a rendu la clé du leader",
    ),
  ),
  tell(/system ID mismatch/, () =>
    words(
      'the data directory of this node holds the database of another cluster: Patroni refuses to join with it',
      "le répertoire de données de ce nœud contient la base d'un autre cluster : Patroni refuse de rejoindre avec elle",
    ),
  ),
  ...loginTales(),
  ...replicationTales(),
  ...listeningTales(),
  ...passingTales(),
];

/** PostgreSQL's log is in the language of lc_messages, hence the French forms. */
function loginTales(): readonly TellTale[] {
  return [
    tell(
      /(?:password authentication failed for user|authentification par mot de passe échouée pour l'utilisateur) [«"\s]*([\w-]+)/,
      ([, user = '']) =>
        words(
          `the password of ${user} in this node's config.yml is not the one that the leader knows`,
          `le mot de passe de ${user} dans le config.yml de ce nœud n'est pas celui que connaît le leader`,
        ),
    ),
    tell(/[Pp]eer authentication failed for user "([\w-]+)"/, ([, user = '']) =>
      words(
        `Patroni runs as postgres and may not enter as ${user} through the socket: pg_hba needs \`peer map=…\`, and pg_ident that map`,
        `Patroni tourne sous postgres et ne peut pas entrer comme ${user} par la socket : il faut \`peer map=…\` dans pg_hba, et cette correspondance dans pg_ident`,
      ),
    ),
    tell(
      /no pg_hba\.conf entry for (replication connection from )?host "([^"]+)", user "([^"]+)"/,
      ([, replication, host = '', user = '']) => {
        const what = replication === undefined ? words('', '') : words(' for replication', ' pour la réplication');
        return words(
          `pg_hba has no line that lets ${user} in from ${host}${what.en}`,
          `pg_hba n'a aucune ligne qui admette ${user} depuis ${host}${what.fr}`,
        );
      },
    ),
    tell(/role "([\w-]+)" does not exist/, ([, role = '']) =>
      words(
        `PostgreSQL has no role ${role}: the accounts in config.yml are not those that the database was made with`,
        `PostgreSQL n'a pas de rôle ${role} : les comptes de config.yml ne sont pas ceux avec lesquels la base a été créée`,
      ),
    ),
  ];
}

function replicationTales(): readonly TellTale[] {
  return [
    tell(/requested WAL segment (\w+) has already been removed/, () =>
      words(
        'the leader has thrown away changes that this replica still needs: it has to be made anew (`patronictl reinit`)',
        'le leader a jeté des modifications dont ce réplica a encore besoin : il faut le recréer (`patronictl reinit`)',
      ),
    ),
    tell(/highest timeline (\d+) of the primary is behind recovery timeline (\d+)/, ([, leader = '', own = '']) =>
      words(
        `this replica is on timeline ${own}, the leader on ${leader}: it has taken changes that the leader does not have`,
        `ce réplica est sur la timeline ${own}, le leader sur la ${leader} : il a pris des modifications que le leader n'a pas`,
      ),
    ),
    tell(
      /requested (?:timeline \d+|starting point \S+ on timeline \d+) (?:is not a child of|is not in) this server's history/,
      () =>
        words(
          'this replica has diverged from the leader: pg_rewind or a new copy is needed',
          'ce réplica a divergé du leader : il faut pg_rewind ou une nouvelle copie',
        ),
    ),
  ];
}

function listeningTales(): readonly TellTale[] {
  return [
    tell(/could not (?:translate host name|resolve) "([^"]+)"/, ([, name = '']) =>
      words(
        `PostgreSQL can't find ${name}: in \`postgresql.listen\` one port stands behind the last address`,
        `PostgreSQL ne trouve pas ${name} : dans \`postgresql.listen\`, il n'y a qu'un port, après la dernière adresse`,
      ),
    ),
    tell(
      /could not bind IPv4 address "([^"]+)": (Cannot assign requested address|Address already in use)/,
      ([, address = '', why = '']) =>
        why.startsWith('Cannot')
          ? words(
              `PostgreSQL is told to listen on ${address}, which is not an address of this node`,
              `PostgreSQL doit écouter sur ${address}, qui n'est pas une adresse de ce nœud`,
            )
          : words(
              `another PostgreSQL already listens on ${address} with that port`,
              `un autre PostgreSQL écoute déjà sur ${address} avec ce port`,
            ),
    ),
  ];
}

/** Seen on the way of every healthy start, too. */
function passingTales(): readonly TellTale[] {
  const tales = [
    tell(/waiting for leader to bootstrap/, () =>
      words(
        'it waits for another member to make the database first: none has, or that one left the key `initialize` in etcd when it failed',
        "il attend qu'un autre membre crée d'abord la base : aucun ne l'a fait, ou celui-là a laissé la clé `initialize` dans etcd en échouant",
      ),
    ),
    tell(
      /connection to server at "([^"]+)".*?, port (\d+) failed: (Connection refused|No route to host|timeout expired)/,
      ([, host = '', port = '']) =>
        words(`no PostgreSQL answers at ${host}:${port}`, `aucun PostgreSQL ne répond sur ${host}:${port}`),
    ),
  ];
  return tales.map((tale) => ({ ...tale, passing: true }));
}

function tell(pattern: RegExp, cause: (match: RegExpExecArray) => Words): TellTale {
  return { unit: 'patroni', pattern, cause };
}
