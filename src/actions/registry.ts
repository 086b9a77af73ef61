// Every kind of action, by the name that chapters use. A new kind is a file beside this one and a line here.

import { applyDynamicConfiguration } from './apply-dynamic-configuration.ts';
import { clearEtcdBootData } from './clear-etcd-boot-data.ts';
import { drillThroughProxy } from './drill-through-proxy.ts';
import { dropDefaultCluster } from './drop-default-cluster.ts';
import { formEtcdCluster } from './form-etcd-cluster.ts';
import { installPackages } from './install-packages.ts';
import { type AnyActionKind } from './kind.ts';
import { emptyDcs } from './empty-dcs.ts';
import { loseDcs } from './lose-dcs.ts';
import { loseEtcdLeader } from './lose-etcd-leader.ts';
import { replaceEtcdMember } from './replace-etcd-member.ts';
import { setFailsafeMode } from './set-failsafe-mode.ts';
import { tryEtcdGateway } from './try-etcd-gateway.ts';
import { loseLeader } from './lose-leader.ts';
import { makeMissingSlots } from './make-missing-slots.ts';
import { membersBack } from './members-back.ts';
import { nudgeLeader } from './nudge-leader.ts';
import { putKeyRefused } from './put-key-refused.ts';
import { putKey } from './put-key.ts';
import { resumeReplay } from './resume-replay.ts';
import { resumeService } from './resume-service.ts';
import { rotateReplica } from './rotate-replica.ts';
import { service } from './service.ts';
import { setPatroniTiming } from './set-patroni-timing.ts';
import { splitLeader } from './split-leader.ts';
import { stopEtcdMember } from './stop-etcd-member.ts';
import { switchOver } from './switch-over.ts';
import { writeFile } from './write-file.ts';
import { writePastProxy } from './write-past-proxy.ts';
import { writeRows } from './write-rows.ts';

const kinds: readonly AnyActionKind[] = [
  applyDynamicConfiguration,
  clearEtcdBootData,
  drillThroughProxy,
  dropDefaultCluster,
  formEtcdCluster,
  installPackages,
  emptyDcs,
  loseDcs,
  loseEtcdLeader,
  replaceEtcdMember,
  setFailsafeMode,
  tryEtcdGateway,
  loseLeader,
  makeMissingSlots,
  membersBack,
  nudgeLeader,
  putKey,
  putKeyRefused,
  resumeReplay,
  resumeService,
  rotateReplica,
  service,
  setPatroniTiming,
  splitLeader,
  stopEtcdMember,
  switchOver,
  writeFile,
  writePastProxy,
  writeRows,
];

export const actionKinds: ReadonlyMap<string, AnyActionKind> = new Map(kinds.map((kind) => [kind.name, kind]));
