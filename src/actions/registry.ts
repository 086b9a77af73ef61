// Every kind of action, by the name that chapters use. A new kind is a file beside this one and a line here.

import { applyDynamicConfiguration } from './apply-dynamic-configuration.ts';
import { clearEtcdBootData } from './clear-etcd-boot-data.ts';
import { dropDefaultCluster } from './drop-default-cluster.ts';
import { enableEtcdAuthentication } from './enable-etcd-authentication.ts';
import { formEtcdCluster } from './form-etcd-cluster.ts';
import { installPackages } from './install-packages.ts';
import { issueCertificates } from './issue-certificates.ts';
import { type AnyActionKind } from './kind.ts';
import { loseLeader } from './lose-leader.ts';
import { makeMissingSlots } from './make-missing-slots.ts';
import { membersBack } from './members-back.ts';
import { moveEtcd } from './move-etcd.ts';
import { movePatroni } from './move-patroni.ts';
import { noteRow } from './note-row.ts';
import { nudgeLeader } from './nudge-leader.ts';
import { putKeyRefused } from './put-key-refused.ts';
import { putKey } from './put-key.ts';
import { resumeReplay } from './resume-replay.ts';
import { resumeService } from './resume-service.ts';
import { service } from './service.ts';
import { setPatroniTiming } from './set-patroni-timing.ts';
import { showExpiredCertificate } from './show-expired-certificate.ts';
import { splitLeader } from './split-leader.ts';
import { stopEtcdMember } from './stop-etcd-member.ts';
import { switchOver } from './switch-over.ts';
import { writeFile } from './write-file.ts';
import { writeRows } from './write-rows.ts';

const kinds: readonly AnyActionKind[] = [
  applyDynamicConfiguration,
  clearEtcdBootData,
  dropDefaultCluster,
  enableEtcdAuthentication,
  formEtcdCluster,
  installPackages,
  issueCertificates,
  loseLeader,
  makeMissingSlots,
  membersBack,
  moveEtcd,
  movePatroni,
  noteRow,
  nudgeLeader,
  putKey,
  putKeyRefused,
  resumeReplay,
  resumeService,
  service,
  setPatroniTiming,
  showExpiredCertificate,
  splitLeader,
  stopEtcdMember,
  switchOver,
  writeFile,
  writeRows,
];

export const actionKinds: ReadonlyMap<string, AnyActionKind> = new Map(kinds.map((kind) => [kind.name, kind]));
