// What etcd writes when it can't start or can't go on; each line was seen with etcd 3.4.23 and 3.5.16.

import { words, type Words } from '../model/words.ts';
import { type TellTale } from './tell-tale.ts';

export const etcdTellTales: readonly TellTale[] = [
  tell(/conflicting environment variable .*is shadowed by .*?flag/, (line) => {
    const variable = /ETCD_[A-Z_]+/.exec(line.input)?.[0] ?? 'ETCD_…';
    const flag = `--${variable.replace('ETCD_', '').toLowerCase().replaceAll('_', '-')}`;
    return words(
      `${variable} is in the service's environment and ${flag} on its command line: etcd accepts a setting in one place only`,
      `${variable} est dans l'environnement du service et ${flag} sur sa ligne de commande : etcd n'accepte un réglage qu'à un seul endroit`,
    );
  }),
  tell(/--initial-cluster has (\S+) but missing from --initial-advertise-peer-urls=(\S+)/, ([, entry = '', url = '']) =>
    words(
      `ETCD_INITIAL_CLUSTER says ${entry}, but this member advertises ${url} (ETCD_INITIAL_ADVERTISE_PEER_URLS): both must name the same URL`,
      `ETCD_INITIAL_CLUSTER dit ${entry}, mais ce membre annonce ${url} (ETCD_INITIAL_ADVERTISE_PEER_URLS) : les deux doivent donner la même URL`,
    ),
  ),
  tell(/couldn't find local name \\?"([^"\\]*)\\?" in the initial cluster/, ([, name = '']) =>
    words(
      `the member is called ${name}, and its list of members (initial cluster) has nobody of that name`,
      `le membre s'appelle ${name}, et sa liste de membres (initial cluster) ne contient personne de ce nom`,
    ),
  ),
  tell(/--advertise-client-urls is required when --listen-client-urls is set|must advertise accessible url/, () =>
    words(
      'ETCD_ADVERTISE_CLIENT_URLS is missing: who sets ETCD_LISTEN_CLIENT_URLS must also say under which URL clients reach the member',
      'ETCD_ADVERTISE_CLIENT_URLS manque : qui fixe ETCD_LISTEN_CLIENT_URLS doit aussi dire sous quelle URL les clients joignent le membre',
    ),
  ),
  tell(/listen tcp (\S+): bind: cannot assign requested address/, ([, address = '']) =>
    words(
      `etcd is told to listen on ${address}, which is not an address of this node`,
      `etcd doit écouter sur ${address}, qui n'est pas une adresse de ce nœud`,
    ),
  ),
  tell(/listen tcp (\S+): bind: address already in use/, ([, address = '']) =>
    words(
      `${address} is already taken by another program, perhaps an etcd that was started by hand`,
      `${address} est déjà pris par un autre programme, peut-être un etcd lancé à la main`,
    ),
  ),
  tell(/expected IP in URL for binding \(([^)]+)\)/, ([, url = '']) =>
    words(
      `etcd listens on addresses, not on names: ${url} needs the node's address`,
      `etcd écoute sur des adresses, pas sur des noms : il faut l'adresse du nœud dans ${url}`,
    ),
  ),
  tell(/invalid value \\?"(.+?)\\?" for (?:ETCD_|--?)([A-Za-z_-]+)(: .*)?$/, ([, value = '', name = '', why = '']) =>
    words(
      `etcd can't use the value "${value}" of ${name}${why}`,
      `etcd ne peut pas utiliser la valeur « ${value} » de ${name}${why}`,
    ),
  ),
  tell(/error setting up initial cluster: (.*)$/, ([, why = '']) =>
    words(`ETCD_INITIAL_CLUSTER can't be read: ${why}`, `ETCD_INITIAL_CLUSTER est illisible : ${why}`),
  ),
  tell(/cannot fetch cluster info from peer urls/, () =>
    words(
      'ETCD_INITIAL_CLUSTER_STATE=existing means joining a cluster that runs, and no other member answers: a new cluster needs "new" on every node',
      'ETCD_INITIAL_CLUSTER_STATE=existing veut dire rejoindre un cluster en marche, et aucun autre membre ne répond : pour un nouveau cluster, il faut « new » sur chaque nœud',
    ),
  ),
  tell(
    /election-timeout\[(\d+)ms\] should be at least as 5 times as --heartbeat-interval\[(\d+)ms\]/,
    ([, election = '', heartbeat = '']) =>
      words(
        `the election timeout (${election} ms) must be at least five times the heartbeat interval (${heartbeat} ms)`,
        `le délai d'élection (${election} ms) doit valoir au moins cinq fois l'intervalle de battement (${heartbeat} ms)`,
      ),
  ),
  tell(/error listing data dir: (\S+)|failed to list data directory|open (\S+): permission denied/, () =>
    words(
      'the user etcd may not read the data directory: it was probably made by root; give it back with `chown -R etcd:etcd /var/lib/etcd`',
      "l'utilisateur etcd ne peut pas lire le répertoire de données : root l'a sans doute créé ; rendez-le avec `chown -R etcd:etcd /var/lib/etcd`",
    ),
  ),
  tell(/cannot access data directory: (.*)$/, ([, why = '']) =>
    words(
      `the user etcd can't use the data directory (ETCD_DATA_DIR): ${why}`,
      `l'utilisateur etcd ne peut pas utiliser le répertoire de données (ETCD_DATA_DIR) : ${why}`,
    ),
  ),
  tell(/open (\S+\.ya?ml\S*): no such file or directory/, ([, file = '']) =>
    words(
      `etcd is told to read ${file}, and there is no such file`,
      `etcd doit lire ${file}, et ce fichier n'existe pas`,
    ),
  ),
  tell(/flag provided but not defined: (\S+)/, ([, flag = '']) =>
    words(`etcd has no option ${flag}`, `etcd n'a pas d'option ${flag}`),
  ),
  tell(/tocommit\(\d+\) is out of range/, () =>
    words(
      'the other members know this one, and its data is gone: it has to be removed (`etcdctl member remove`) and added again, or the whole cluster formed anew',
      "les autres membres le connaissent, et ses données ont disparu : il faut le retirer (`etcdctl member remove`) puis l'ajouter de nouveau, ou reformer tout le cluster",
    ),
  ),
  tell(/has already been bootstrapped/, () =>
    words(
      'the cluster knows this member already, but its data directory is empty: the member has to be removed and added again, or the whole cluster formed anew',
      'le cluster connaît déjà ce membre, mais son répertoire de données est vide : il faut retirer puis ajouter le membre, ou reformer tout le cluster',
    ),
  ),
  tell(/cluster ID mismatch|clusterid mismatch/i, () =>
    words(
      'another member belongs to a different cluster: it was started with another token or list of members, or alone',
      'un autre membre appartient à un cluster différent : il a été démarré avec un autre jeton, une autre liste de membres, ou seul',
    ),
  ),
  tell(/no such host|failed to resolve URL Host|couldn't resolve host/i, (line) => {
    const host = /lookup ([\w.-]+)/.exec(line.input)?.[1] ?? /url: ?"?https?:\/\/([\w.-]+)/i.exec(line.input)?.[1];
    return words(
      `${host ?? 'a name in the URLs'} can't be resolved on this node`,
      `${host ?? 'un nom dans les URL'} n'est pas résolu sur ce nœud`,
    );
  }),
];

function tell(pattern: RegExp, cause: (match: RegExpExecArray) => Words): TellTale {
  return { unit: 'etcd', pattern, cause };
}
