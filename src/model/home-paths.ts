// Where everything lives in LAB_HOME. Pure; nothing here touches the disk.

import { join } from 'node:path';
import { type LabName } from './ids.ts';

export const defaultHome = '/var/lib/lab';

export interface LabPaths {
  readonly directory: string;
  readonly journal: string;
  readonly lock: string;
  /** Locked (shared) by every command that lets a person into the lab. */
  readonly visitors: string;
  /** Locked (shared) by every program that stops a node, also when lab is killed before it. */
  readonly stopping: string;
  readonly transcripts: string;
  readonly nodes: string;
  /** Of each node that was seen running, which process is its first. */
  readonly firstProcesses: string;
  /** Disks of nodes that have one of their own. */
  readonly disks: string;
  /** Written before the network namespace is made: the claim that a namespace of that name is this lab's. */
  readonly networkClaim: string;
  /** /etc/hosts as the nodes have it. */
  readonly hosts: string;
}

export function labsDirectory(home: string): string {
  return join(home, 'labs');
}

/** Locked (shared) by every command that changes a lab of the home, and alone by who removes what none of them needs. */
export function homeLock(home: string): string {
  return join(home, 'lock');
}

/** Workshops as they were read last. */
export function workshopsDirectory(home: string): string {
  return join(home, 'workshops');
}

/** Certificates of authorities with their keys: of no node, and of no single lab. */
export function authoritiesDirectory(home: string): string {
  return join(home, 'authorities');
}

export function labPaths(home: string, lab: LabName): LabPaths {
  const directory = join(labsDirectory(home), lab);
  return {
    directory,
    journal: join(directory, 'journal.jsonl'),
    lock: join(directory, 'lock'),
    visitors: join(directory, 'visitors'),
    stopping: join(directory, 'stopping'),
    transcripts: join(directory, 'transcripts'),
    nodes: join(directory, 'nodes'),
    firstProcesses: join(directory, 'first-processes'),
    disks: join(directory, 'disks'),
    networkClaim: join(directory, 'network-claim'),
    hosts: join(directory, 'hosts'),
  };
}
