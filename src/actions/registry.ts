// Every kind of action, by the name that chapters use. A new kind is a file beside this one and a line here.

import { applyDynamicConfiguration } from './apply-dynamic-configuration.ts';
import { checkArchive } from './check-archive.ts';
import { checkpointMembers } from './checkpoint-members.ts';
import { clearEtcdBootData } from './clear-etcd-boot-data.ts';
import { createStanza } from './create-stanza.ts';
import { dropDefaultCluster } from './drop-default-cluster.ts';
import { formEtcdCluster } from './form-etcd-cluster.ts';
import { installPackages } from './install-packages.ts';
import { type AnyActionKind } from './kind.ts';
import { loseLeader } from './lose-leader.ts';
import { makeDirectory } from './make-directory.ts';
import { makeMissingSlots } from './make-missing-slots.ts';
import { membersBack } from './members-back.ts';
import { mergeDynamicConfiguration } from './merge-dynamic-configuration.ts';
import { nudgeLeader } from './nudge-leader.ts';
import { putKeyRefused } from './put-key-refused.ts';
import { putKey } from './put-key.ts';
import { rebuildLeader } from './rebuild-leader.ts';
import { recoverTable } from './recover-table.ts';
import { recreateReplica } from './recreate-replica.ts';
import { resumeReplay } from './resume-replay.ts';
import { resumeService } from './resume-service.ts';
import { service } from './service.ts';
import { setPatroniTiming } from './set-patroni-timing.ts';
import { splitLeader } from './split-leader.ts';
import { stopEtcdMember } from './stop-etcd-member.ts';
import { switchOver } from './switch-over.ts';
import { takeBackup } from './take-backup.ts';
import { writeFile } from './write-file.ts';
import { writeRows } from './write-rows.ts';

const kinds: readonly AnyActionKind[] = [
  applyDynamicConfiguration,
  checkArchive,
  checkpointMembers,
  clearEtcdBootData,
  createStanza,
  dropDefaultCluster,
  formEtcdCluster,
  installPackages,
  loseLeader,
  makeDirectory,
  makeMissingSlots,
  membersBack,
  mergeDynamicConfiguration,
  nudgeLeader,
  putKey,
  putKeyRefused,
  rebuildLeader,
  recoverTable,
  recreateReplica,
  resumeReplay,
  resumeService,
  service,
  setPatroniTiming,
  splitLeader,
  stopEtcdMember,
  switchOver,
  takeBackup,
  writeFile,
  writeRows,
];

export const actionKinds: ReadonlyMap<string, AnyActionKind> = new Map(kinds.map((kind) => [kind.name, kind]));
