// Every kind of action, by the name that chapters use. A new kind is a file beside this one and a line here.

import { applyDynamicConfiguration } from './apply-dynamic-configuration.ts';
import { awaitStreaming } from './await-streaming.ts';
import { checkArchive } from './check-archive.ts';
import { checkpointMembers } from './checkpoint-members.ts';
import { clearEtcdBootData } from './clear-etcd-boot-data.ts';
import { drillThroughProxy } from './drill-through-proxy.ts';
import { createStanza } from './create-stanza.ts';
import { compareCommits } from './compare-commits.ts';
import { dropDefaultCluster } from './drop-default-cluster.ts';
import { enableEtcdAuthentication } from './enable-etcd-authentication.ts';
import { formEtcdCluster } from './form-etcd-cluster.ts';
import { installPackages } from './install-packages.ts';
import { issueCertificates } from './issue-certificates.ts';
import { type AnyActionKind } from './kind.ts';
import { emptyDcs } from './empty-dcs.ts';
import { loseDcs } from './lose-dcs.ts';
import { loseEtcdLeader } from './lose-etcd-leader.ts';
import { replaceEtcdMember } from './replace-etcd-member.ts';
import { setFailsafeMode } from './set-failsafe-mode.ts';
import { tryEtcdGateway } from './try-etcd-gateway.ts';
import { loseLeader } from './lose-leader.ts';
import { makeDirectory } from './make-directory.ts';
import { makeMissingRoles } from './make-missing-roles.ts';
import { makeMissingSlots } from './make-missing-slots.ts';
import { measureFailover } from './measure-failover.ts';
import { membersBack } from './members-back.ts';
import { mergeDynamicConfiguration } from './merge-dynamic-configuration.ts';
import { moveEtcd } from './move-etcd.ts';
import { movePatroni } from './move-patroni.ts';
import { noteRow } from './note-row.ts';
import { nudgeLeader } from './nudge-leader.ts';
import { putKeyRefused } from './put-key-refused.ts';
import { putKey } from './put-key.ts';
import { rebuildLeader } from './rebuild-leader.ts';
import { recoverTable } from './recover-table.ts';
import { recreateReplica } from './recreate-replica.ts';
import { resumeReplay } from './resume-replay.ts';
import { resumeService } from './resume-service.ts';
import { rotateReplica } from './rotate-replica.ts';
import { service } from './service.ts';
import { setPatroniTiming } from './set-patroni-timing.ts';
import { showExpiredCertificate } from './show-expired-certificate.ts';
import { setSynchronous } from './set-synchronous.ts';
import { splitLeader } from './split-leader.ts';
import { stopEtcdMember } from './stop-etcd-member.ts';
import { switchOver } from './switch-over.ts';
import { takeBackup } from './take-backup.ts';
import { writeFile } from './write-file.ts';
import { writePastProxy } from './write-past-proxy.ts';
import { writeRows } from './write-rows.ts';
import { writeWithoutStandby } from './write-without-standby.ts';

const kinds: readonly AnyActionKind[] = [
  applyDynamicConfiguration,
  awaitStreaming,
  checkArchive,
  checkpointMembers,
  clearEtcdBootData,
  drillThroughProxy,
  createStanza,
  compareCommits,
  dropDefaultCluster,
  enableEtcdAuthentication,
  formEtcdCluster,
  installPackages,
  emptyDcs,
  loseDcs,
  loseEtcdLeader,
  replaceEtcdMember,
  setFailsafeMode,
  tryEtcdGateway,
  issueCertificates,
  loseLeader,
  makeDirectory,
  makeMissingRoles,
  makeMissingSlots,
  measureFailover,
  membersBack,
  mergeDynamicConfiguration,
  moveEtcd,
  movePatroni,
  noteRow,
  nudgeLeader,
  putKey,
  putKeyRefused,
  rebuildLeader,
  recoverTable,
  recreateReplica,
  resumeReplay,
  resumeService,
  rotateReplica,
  service,
  setPatroniTiming,
  showExpiredCertificate,
  setSynchronous,
  splitLeader,
  stopEtcdMember,
  switchOver,
  takeBackup,
  writeFile,
  writePastProxy,
  writeRows,
  writeWithoutStandby,
];

export const actionKinds: ReadonlyMap<string, AnyActionKind> = new Map(kinds.map((kind) => [kind.name, kind]));
