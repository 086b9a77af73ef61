import { type InjectedFault } from './fault.ts';
import { type ChapterId, type EditionName, type LabName, type NodeName, type StepId } from './ids.ts';
import { type NodeState } from './observation.ts';
import { type Words } from './words.ts';

/** As in CLI.md, "Chapter states". */
export type ChapterState = 'open' | 'done';

export interface ChapterPosition {
  readonly id: ChapterId;
  readonly state: ChapterState;
}

/** What `lab status` shows: a lab at one moment. A part is null when the lab has not come that far. */
export interface LabStatus {
  readonly lab: LabName;
  readonly edition: EditionName;
  /** null in a lab with nothing done. */
  readonly chapter: ChapterPosition | null;
  readonly nodes: readonly NodeStatus[];
  readonly etcd: EtcdStatus | null;
  readonly patroni: PatroniStatus | null;
  readonly haproxy: HaproxyStatus | null;
  /** Of etcd's members and clients; null before the chapter that makes them. */
  readonly certificates: readonly CertificateStatus[] | null;
  /** Injected and not healed. */
  readonly faults: readonly InjectedFault[];
  /** The steps of the chapter, for people; not part of the JSON document. */
  readonly steps: readonly StepStatus[];
}

export interface NodeStatus {
  readonly name: NodeName;
  readonly state: NodeState;
  readonly address: string;
}

export interface EtcdStatus {
  readonly healthy: number;
  readonly members: readonly { readonly name: string; readonly healthy: boolean; readonly leader: boolean }[];
}

export interface PatroniStatus {
  readonly scope: string;
  /** The leader's member name; null while there is none. */
  readonly leader: string | null;
  readonly members: readonly PatroniMember[];
}

export interface PatroniMember {
  readonly name: string;
  readonly node: NodeName | null;
  readonly role: 'leader' | 'replica' | 'sync_standby';
  /** As Patroni says it: running, streaming, stopped, start failed … */
  readonly state: string;
  readonly timeline: number | null;
  /** How far a replica is behind, in MB; null for the leader and when it isn't known. */
  readonly lagMb: number | null;
}

/** What each proxy thinks of its servers. */
export interface HaproxyStatus {
  readonly proxies: readonly {
    readonly node: NodeName;
    /** Its statistics page answers. */
    readonly answers: boolean;
    readonly servers: readonly HaproxyServer[];
  }[];
}

export interface HaproxyServer {
  /** The section of haproxy.cfg: `leader`, `replicas`. */
  readonly backend: string;
  readonly server: string;
  /** New sessions are sent to it. */
  readonly up: boolean;
  /** HAProxy's own words for the last check: `L7OK 200`; null before the first. */
  readonly check: string | null;
  readonly sessions: number;
}

export interface StepStatus {
  readonly id: StepId;
  readonly title: Words;
  readonly state: ChapterState;
}

export interface CertificateStatus {
  readonly node: NodeName;
  readonly path: string;
  readonly subject: string;
  /** Names and addresses that it is made out to. */
  readonly names: readonly string[];
  readonly usages: readonly ('server' | 'client')[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Valid at the moment of the look. */
  readonly valid: boolean;
}
