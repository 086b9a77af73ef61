// Every kind of action, by the name that chapters use. A new kind is a file beside this one and a line here.

import { applyDynamicConfiguration } from './apply-dynamic-configuration.ts';
import { clearEtcdBootData } from './clear-etcd-boot-data.ts';
import { compareCommits } from './compare-commits.ts';
import { dropDefaultCluster } from './drop-default-cluster.ts';
import { formEtcdCluster } from './form-etcd-cluster.ts';
import { installPackages } from './install-packages.ts';
import { type AnyActionKind } from './kind.ts';
import { loseLeader } from './lose-leader.ts';
import { makeMissingSlots } from './make-missing-slots.ts';
import { measureFailover } from './measure-failover.ts';
import { membersBack } from './members-back.ts';
import { nudgeLeader } from './nudge-leader.ts';
import { putKeyRefused } from './put-key-refused.ts';
import { putKey } from './put-key.ts';
import { resumeReplay } from './resume-replay.ts';
import { resumeService } from './resume-service.ts';
import { service } from './service.ts';
import { setPatroniTiming } from './set-patroni-timing.ts';
import { setSynchronous } from './set-synchronous.ts';
import { splitLeader } from './split-leader.ts';
import { stopEtcdMember } from './stop-etcd-member.ts';
import { switchOver } from './switch-over.ts';
import { writeFile } from './write-file.ts';
import { writeRows } from './write-rows.ts';
import { writeWithoutStandby } from './write-without-standby.ts';

const kinds: readonly AnyActionKind[] = [
  applyDynamicConfiguration,
  clearEtcdBootData,
  compareCommits,
  dropDefaultCluster,
  formEtcdCluster,
  installPackages,
  loseLeader,
  makeMissingSlots,
  measureFailover,
  membersBack,
  nudgeLeader,
  putKey,
  putKeyRefused,
  resumeReplay,
  resumeService,
  service,
  setPatroniTiming,
  setSynchronous,
  splitLeader,
  stopEtcdMember,
  switchOver,
  writeFile,
  writeRows,
  writeWithoutStandby,
];

export const actionKinds: ReadonlyMap<string, AnyActionKind> = new Map(kinds.map((kind) => [kind.name, kind]));
