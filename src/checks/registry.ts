import { clientFollowedLeader } from './client-followed-leader.ts';
import { archivingOn } from './archiving-on.ts';
import { backupKept } from './backup-kept.ts';
import { clusterNotPaused } from './cluster-not-paused.ts';
import { acknowledgedWritesKept } from './acknowledged-writes-kept.ts';
import { authorityKeyAbsent } from './authority-key-absent.ts';
import { authorityTrusted } from './authority-trusted.ts';
import { certificateRight } from './certificate-right.ts';
import { defaultClusterDropped } from './default-cluster-dropped.ts';
import { dynamicConfigurationHolds } from './dynamic-configuration-holds.ts';
import { etcdAuthentication } from './etcd-authentication.ts';
import { etcdBootDataGone } from './etcd-boot-data-gone.ts';
import { etcdClientCertificates } from './etcd-client-certificates.ts';
import { etcdConfigured } from './etcd-configured.ts';
import { etcdEndpointHealthy } from './etcd-endpoint-healthy.ts';
import { etcdHasOneLeader } from './etcd-has-one-leader.ts';
import { etcdKeyAbsent } from './etcd-key-absent.ts';
import { etcdKeyStored } from './etcd-key-stored.ts';
import { etcdMembersAgree } from './etcd-members-agree.ts';
import { etcdPeersHttps } from './etcd-peers-https.ts';
import { etcdQuorumWasLost } from './etcd-quorum-was-lost.ts';
import { haproxyConfigured } from './haproxy-configured.ts';
import { haproxyRunsItsFile } from './haproxy-runs-its-file.ts';
import { haproxyStatisticsAgree } from './haproxy-statistics-agree.ts';
import { etcdServesHttps } from './etcd-serves-https.ts';
import { expiredCertificateSeen } from './expired-certificate-seen.ts';
import { type AnyCheckKind } from './kind.ts';
import { commitWaited } from './commit-waited.ts';
import { ledgerTells } from './ledger-tells.ts';
import { memberMayBeSynchronous } from './member-may-be-synchronous.ts';
import { parametersInPlace } from './parameters-in-place.ts';
import { synchronousModeWas } from './synchronous-mode-was.ts';
import { synchronousStandbys } from './synchronous-standbys.ts';
import { leaderChanged } from './leader-changed.ts';
import { leaderIsWritable } from './leader-is-writable.ts';
import { leaderKept } from './leader-kept.ts';
import { leaderKeyNamesLeader } from './leader-key-names-leader.ts';
import { memberMayLead } from './member-may-lead.ts';
import { namesResolve } from './names-resolve.ts';
import { noTrust } from './no-trust.ts';
import { packagesInstalled } from './packages-installed.ts';
import { patroniConfigured } from './patroni-configured.ts';
import { patroniHasOneLeader } from './patroni-has-one-leader.ts';
import { patroniTimingHolds } from './patroni-timing-holds.ts';
import { patroniTimingWas } from './patroni-timing-was.ts';
import { pgbackrestConfigured } from './pgbackrest-configured.ts';
import { pointInTimeRecovery } from './point-in-time-recovery.ts';
import { patroniUsesHttps } from './patroni-uses-https.ts';
import { portsListen } from './ports-listen.ts';
import { proxyServesLeader } from './proxy-serves-leader.ts';
import { proxyServesReplicas } from './proxy-serves-replicas.ts';
import { replicaReturnedCaughtUp } from './replica-returned-caught-up.ts';
import { replicaCreated } from './replica-created.ts';
import { replicaMethods } from './replica-methods.ts';
import { repositoryVerified } from './repository-verified.ts';
import { restApiAddress } from './rest-api-address.ts';
import { retentionApplied } from './retention-applied.ts';
import { rewindRan } from './rewind-ran.ts';
import { rolesExist } from './roles-exist.ts';
import { rowsNoted } from './rows-noted.ts';
import { rowsReplicated } from './rows-replicated.ts';
import { serviceRuns } from './service-runs.ts';
import { slotActive } from './slot-active.ts';
import { stanzaCreated } from './stanza-created.ts';
import { streamsFromLeader } from './streams-from-leader.ts';
import { dcsWasEmptied } from './dcs-was-emptied.ts';
import { etcdAskedDirectly } from './etcd-asked-directly.ts';
import { etcdLeaderVanished } from './etcd-leader-vanished.ts';
import { etcdMemberReplaced } from './etcd-member-replaced.ts';
import { failsafeModeHolds } from './failsafe-mode-holds.ts';
import { gatewayWasUsed } from './gateway-was-used.ts';
import { leaderWasDemoted } from './leader-was-demoted.ts';
import { systemIdentifierKept } from './system-identifier-kept.ts';
import { writtenWhileStopped } from './written-while-stopped.ts';
import { volumeWritable } from './volume-writable.ts';
import { walArrives } from './wal-arrives.ts';

const kinds: readonly AnyCheckKind[] = [
  acknowledgedWritesKept,
  authorityKeyAbsent,
  authorityTrusted,
  certificateRight,
  clusterNotPaused,
  defaultClusterDropped,
  dynamicConfigurationHolds,
  etcdAuthentication,
  etcdBootDataGone,
  etcdClientCertificates,
  etcdConfigured,
  etcdEndpointHealthy,
  etcdHasOneLeader,
  etcdKeyAbsent,
  etcdKeyStored,
  etcdMembersAgree,
  etcdPeersHttps,
  etcdQuorumWasLost,
  etcdServesHttps,
  expiredCertificateSeen,
  leaderChanged,
  leaderIsWritable,
  leaderKept,
  leaderKeyNamesLeader,
  memberMayLead,
  namesResolve,
  noTrust,
  packagesInstalled,
  patroniConfigured,
  patroniHasOneLeader,
  patroniTimingHolds,
  patroniTimingWas,
  patroniUsesHttps,
  portsListen,
  restApiAddress,
  rewindRan,
  acknowledgedWritesKept,
  dcsWasEmptied,
  etcdAskedDirectly,
  etcdLeaderVanished,
  etcdMemberReplaced,
  failsafeModeHolds,
  gatewayWasUsed,
  leaderWasDemoted,
  systemIdentifierKept,
  haproxyConfigured,
  haproxyRunsItsFile,
  proxyServesLeader,
  proxyServesReplicas,
  haproxyStatisticsAgree,
  clientFollowedLeader,
  replicaReturnedCaughtUp,
  writtenWhileStopped,
  volumeWritable,
  pgbackrestConfigured,
  stanzaCreated,
  archivingOn,
  walArrives,
  backupKept,
  repositoryVerified,
  retentionApplied,
  replicaMethods,
  replicaCreated,
  pointInTimeRecovery,
  rolesExist,
  rowsNoted,
  rowsReplicated,
  serviceRuns,
  slotActive,
  streamsFromLeader,
  ledgerTells,
  synchronousModeWas,
  synchronousStandbys,
  memberMayBeSynchronous,
  parametersInPlace,
  commitWaited,
];

/** What a chapter may expect, by the name that it has in YAML. */
export const checkKinds: ReadonlyMap<string, AnyCheckKind> = new Map(kinds.map((kind) => [kind.name, kind]));
