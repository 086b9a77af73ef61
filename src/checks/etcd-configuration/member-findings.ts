import { etcdDataRoot } from '../../probes/etcd-data.ts';
import { found, nameOf, type Configured, type Finding } from './finding.ts';

/** Etcd's own limit, and half of the 10 s that Patroni gives its DCS before it gives up the leadership. */
const timing = { minimumRatio: 5, electionBelowMs: 5000, defaultHeartbeatMs: 100, defaultElectionMs: 1000 };

/** Who this member is and where it keeps its data. */
export function memberFindings(configured: Configured, memberDataAnywhere: boolean): readonly Finding[] {
  return [...nameFindings(configured), ...dataFindings(configured), ...stateFindings(configured, memberDataAnywhere)];
}

function nameFindings(configured: Configured): readonly Finding[] {
  const { node, settings } = configured;
  const setting = settings.settings.get('name');
  const spelling = nameOf('name', configured);
  if (setting === undefined) {
    return [
      found(
        null,
        `no line sets ${spelling}: the member would be called "default" instead of ${node.name}`,
        `aucune ligne ne fixe ${spelling} : le membre s'appellerait « default » au lieu de ${node.name}`,
      ),
    ];
  }
  if (setting.value === node.name) return [];
  return [
    found(
      setting.origin,
      `the member of ${node.name} is called ${node.name} in this workshop, as in the list of members`,
      `dans cet atelier, le membre de ${node.name} s'appelle ${node.name}, comme dans la liste des membres`,
    ),
  ];
}

function dataFindings(configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get('data-dir');
  if (setting === undefined) {
    const spelling = nameOf('data-dir', configured);
    return [
      found(
        null,
        `no line sets ${spelling}: etcd would look for a directory where it may not write`,
        `aucune ligne ne fixe ${spelling} : etcd chercherait un répertoire là où il ne peut pas écrire`,
      ),
    ];
  }
  if (setting.value.startsWith(`${etcdDataRoot}/`)) return [];
  return [
    found(
      setting.origin,
      `the data belongs under ${etcdDataRoot}, which is the user etcd's own directory: for instance ${etcdDataRoot}/default`,
      `les données vont sous ${etcdDataRoot}, le répertoire de l'utilisateur etcd : par exemple ${etcdDataRoot}/default`,
    ),
  ];
}

function stateFindings(configured: Configured, memberDataAnywhere: boolean): readonly Finding[] {
  const setting = configured.settings.settings.get('initial-cluster-state');
  if (setting === undefined || setting.value === 'new') return [];
  if (setting.value !== 'existing') {
    return [
      found(setting.origin, '"new" and "existing" are the only states', '« new » et « existing » sont les seuls états'),
    ];
  }
  if (memberDataAnywhere) return [];
  return [
    found(
      setting.origin,
      '"existing" joins a cluster that runs already, and there is none yet: the first start needs "new" on every node',
      "« existing » rejoint un cluster déjà en marche, et il n'y en a pas encore : au premier démarrage, il faut « new » sur chaque nœud",
    ),
  ];
}

/** How fast members notice that their leader is gone. */
export function timingFindings({ settings }: Configured): readonly Finding[] {
  const election = settings.settings.get('election-timeout');
  const heartbeat = settings.settings.get('heartbeat-interval');
  const origin = (election ?? heartbeat)?.origin;
  const electionMs = Number(election?.value ?? timing.defaultElectionMs);
  const heartbeatMs = Number(heartbeat?.value ?? timing.defaultHeartbeatMs);
  if (origin === undefined) return [];
  if (electionMs < heartbeatMs * timing.minimumRatio) {
    return [
      found(
        origin,
        `an election timeout of ${String(electionMs)} ms is less than five heartbeats of ${String(heartbeatMs)} ms: etcd refuses that`,
        `un délai d'élection de ${String(electionMs)} ms fait moins de cinq battements de ${String(heartbeatMs)} ms : etcd refuse`,
      ),
    ];
  }
  if (electionMs < timing.electionBelowMs) return [];
  return [
    found(
      origin,
      `with ${String(electionMs)} ms an election of etcd takes half of the 10 s that Patroni waits for it; on one bridge the default of ${String(timing.defaultElectionMs)} ms is right`,
      `avec ${String(electionMs)} ms, une élection d'etcd prend la moitié des 10 s que Patroni lui accorde ; sur un même pont réseau, la valeur par défaut de ${String(timing.defaultElectionMs)} ms convient`,
    ),
  ];
}
