import { etcdBootDataGone } from './etcd-boot-data-gone.ts';
import { etcdConfigured } from './etcd-configured.ts';
import { etcdEndpointHealthy } from './etcd-endpoint-healthy.ts';
import { etcdHasOneLeader } from './etcd-has-one-leader.ts';
import { etcdKeyAbsent } from './etcd-key-absent.ts';
import { etcdKeyStored } from './etcd-key-stored.ts';
import { etcdMembersAgree } from './etcd-members-agree.ts';
import { etcdQuorumWasLost } from './etcd-quorum-was-lost.ts';
import { type AnyCheckKind } from './kind.ts';
import { namesResolve } from './names-resolve.ts';
import { packagesInstalled } from './packages-installed.ts';
import { portsListen } from './ports-listen.ts';
import { serviceRuns } from './service-runs.ts';

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
];

/** What a chapter may expect, by the name that it has in YAML. */
export const checkKinds: ReadonlyMap<string, AnyCheckKind> = new Map(kinds.map((kind) => [kind.name, kind]));
