import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { debianClusters, type DebianCluster } from '../probes/debian-clusters.ts';
import { listeningSockets, type ListeningSocket } from '../probes/listening-sockets.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

interface DefaultClusterObservation {
  readonly clusters: readonly DebianCluster[];
  /** Of PostgreSQL, on its usual port. */
  readonly sockets: readonly ListeningSocket[];
}

const usualPort = 5432;

/** Debian's package makes a cluster of its own and starts it; Patroni wants to make and start its own. */
export const defaultClusterDropped = defineCheck({
  name: 'default-cluster-dropped',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const node = checkedNode(setting).name;
    const [clusters, sockets] = await Promise.all([debianClusters(reach, node), listeningSockets(reach, node)]);
    if (clusters.kind === 'unseen') return clusters;
    if (sockets.kind === 'unseen') return sockets;
    const postgres = sockets.value.filter(({ port, program }) => port === usualPort && program === 'postgres');
    return seen<DefaultClusterObservation>({ clusters: clusters.value, sockets: postgres });
  },

  judge({ clusters, sockets }, setting): Judgement {
    const node = checkedNode(setting).name;
    const expected = words(
      `no cluster of Debian's own, no PostgreSQL on ${String(usualPort)}`,
      `aucun cluster de Debian, aucun PostgreSQL sur ${String(usualPort)}`,
    );
    const [cluster] = clusters;
    if (cluster !== undefined) return { verdict: 'fail', expected, ...stillThere(cluster, node), final: true };
    if (sockets.length === 0) return { verdict: 'pass', expected, seen: words('none', 'aucun') };
    return {
      verdict: 'fail',
      expected,
      seen: words(`a PostgreSQL listens on ${String(usualPort)}`, `un PostgreSQL écoute sur ${String(usualPort)}`),
      cause: words(
        `a PostgreSQL that Debian does not manage listens on port ${String(usualPort)} of ${node}: Patroni's listens on another port`,
        `un PostgreSQL que Debian ne gère pas écoute sur le port ${String(usualPort)} de ${node} : celui de Patroni écoute sur un autre port`,
      ),
      hint: words('`ss -ltnp` says which process it is.', '`ss -ltnp` dit quel est ce processus.'),
      final: true,
    };
  },

  command: () => 'pg_lsclusters; ss -ltnp sport = :5432',
});

function stillThere(
  cluster: DebianCluster,
  node: string,
): { readonly seen: Words; readonly cause: Words; readonly hint: Words } {
  const { version, name, port, status } = cluster;
  const what = `${version}/${name}`;
  const seen = words(
    `cluster ${what} on port ${String(port)}, ${status}`,
    `cluster ${what} sur le port ${String(port)}, ${status}`,
  );
  if (cluster.dataOfPatroni) return { seen, ...onlyConfiguration(cluster, node) };
  const drop = `sudo pg_dropcluster --stop ${version} ${name}`;
  return {
    seen,
    cause:
      name === 'main'
        ? words(
            `the package made ${what} when it was installed on ${node}, and it is still there: it holds the port and the directory that Patroni and HAProxy need`,
            `le paquet a créé ${what} lors de son installation sur ${node}, et il est toujours là : il occupe le port et le répertoire dont Patroni et HAProxy ont besoin`,
          )
        : words(
            `${what} on ${node} is managed by Debian's tools, not by Patroni`,
            `${what} sur ${node} est géré par les outils de Debian, pas par Patroni`,
          ),
    hint: words(`On ${node}: \`${drop}\``, `Sur ${node} : \`${drop}\``),
  };
}

/** What must not be said here is pg_dropcluster: it removes the data directory too. */
function onlyConfiguration(
  { version, name }: DebianCluster,
  node: string,
): { readonly cause: Words; readonly hint: Words } {
  const directory = `/etc/postgresql/${version}/${name}`;
  return {
    cause: words(
      `${directory} on ${node} makes Debian's tools take Patroni's database for theirs, and start it at boot`,
      `à cause de ${directory} sur ${node}, les outils de Debian prennent la base de Patroni pour la leur, et la démarrent au boot`,
    ),
    hint: words(
      `On ${node}: \`sudo rm -r ${directory}\`. Not pg_dropcluster: it would remove Patroni's database.`,
      `Sur ${node} : \`sudo rm -r ${directory}\`. Surtout pas pg_dropcluster : il supprimerait la base de Patroni.`,
    ),
  };
}
