import { clusterNotPaused } from './cluster-not-paused.ts';
import { acknowledgedWritesKept } from './acknowledged-writes-kept.ts';
import { defaultClusterDropped } from './default-cluster-dropped.ts';
import { dynamicConfigurationHolds } from './dynamic-configuration-holds.ts';
import { etcdBootDataGone } from './etcd-boot-data-gone.ts';
import { etcdConfigured } from './etcd-configured.ts';
import { etcdEndpointHealthy } from './etcd-endpoint-healthy.ts';
import { etcdHasOneLeader } from './etcd-has-one-leader.ts';
import { etcdKeyAbsent } from './etcd-key-absent.ts';
import { etcdKeyStored } from './etcd-key-stored.ts';
import { etcdMembersAgree } from './etcd-members-agree.ts';
import { etcdQuorumWasLost } from './etcd-quorum-was-lost.ts';
import { type AnyCheckKind } from './kind.ts';
import { commitWaited } from './commit-waited.ts';
import { ledgerTells } from './ledger-tells.ts';
import { memberMayBeSynchronous } from './member-may-be-synchronous.ts';
import { parametersInPlace } from './parameters-in-place.ts';
import { synchronousModeWas } from './synchronous-mode-was.ts';
import { synchronousStandbys } from './synchronous-standbys.ts';
import { leaderChanged } from './leader-changed.ts';
import { leaderIsWritable } from './leader-is-writable.ts';
import { leaderKeyNamesLeader } from './leader-key-names-leader.ts';
import { memberMayLead } from './member-may-lead.ts';
import { namesResolve } from './names-resolve.ts';
import { noTrust } from './no-trust.ts';
import { packagesInstalled } from './packages-installed.ts';
import { patroniConfigured } from './patroni-configured.ts';
import { patroniHasOneLeader } from './patroni-has-one-leader.ts';
import { patroniTimingHolds } from './patroni-timing-holds.ts';
import { patroniTimingWas } from './patroni-timing-was.ts';
import { portsListen } from './ports-listen.ts';
import { restApiAddress } from './rest-api-address.ts';
import { rewindRan } from './rewind-ran.ts';
import { rolesExist } from './roles-exist.ts';
import { rowsNoted } from './rows-noted.ts';
import { rowsReplicated } from './rows-replicated.ts';
import { serviceRuns } from './service-runs.ts';
import { slotActive } from './slot-active.ts';
import { streamsFromLeader } from './streams-from-leader.ts';

const kinds: readonly AnyCheckKind[] = [
  namesResolve,
  packagesInstalled,
  serviceRuns,
  portsListen,
  etcdConfigured,
  etcdMembersAgree,
  etcdEndpointHealthy,
  etcdHasOneLeader,
  etcdBootDataGone,
  etcdKeyStored,
  etcdKeyAbsent,
  etcdQuorumWasLost,
  defaultClusterDropped,
  patroniConfigured,
  patroniHasOneLeader,
  leaderKeyNamesLeader,
  leaderIsWritable,
  dynamicConfigurationHolds,
  rolesExist,
  streamsFromLeader,
  slotActive,
  restApiAddress,
  noTrust,
  rowsReplicated,
  clusterNotPaused,
  memberMayLead,
  leaderChanged,
  rowsNoted,
  patroniTimingHolds,
  patroniTimingWas,
  rewindRan,
  acknowledgedWritesKept,
  ledgerTells,
  synchronousModeWas,
  synchronousStandbys,
  memberMayBeSynchronous,
  parametersInPlace,
  commitWaited,
];

/** What a chapter may expect, by the name that it has in YAML. */
export const checkKinds: ReadonlyMap<string, AnyCheckKind> = new Map(kinds.map((kind) => [kind.name, kind]));
