// How etcd is spoken to: its JSON gateway, by curl, from inside the lab's network. Address, scheme and credentials are
// decided in this file alone, so that moving etcd to HTTPS changes one place.

import { type z } from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export const etcdClientPort = 2379;
export const etcdPeerPort = 2380;

/** What came of a question to one member. */
export type EtcdAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** The member said no: `etcdserver: no leader`. */
  | { readonly kind: 'error'; readonly message: string }
  | {
      readonly kind: 'silence';
      readonly how: 'node-not-running' | 'refused' | 'timed-out' | 'other';
      readonly text: string;
    };

export interface EtcdQuestion {
  /** After `/v3/`: `kv/range`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Answered with an error at once when the member sees no leader; without it etcd keeps the caller waiting for 7 s. */
  readonly needsLeader?: boolean;
  /** For an answer that goes on (`watch`): so long, and each piece as it comes. */
  readonly streamSeconds?: number;
}

/** Within this time a member answers or is taken to be silent. */
const patienceSeconds = 1.5;

/** The arguments that put the question, also for actions. */
export function etcdCurl(node: NodeDefinition, question: EtcdQuestion): readonly string[] {
  return [
    'curl',
    '--disable',
    '--noproxy',
    '*',
    '--silent',
    '--show-error',
    '--max-time',
    String(question.streamSeconds ?? patienceSeconds),
    ...(question.streamSeconds === undefined ? [] : ['--no-buffer']),
    ...(question.needsLeader === true ? ['--header', 'Grpc-Metadata-hasleader: true'] : []),
    '--data',
    JSON.stringify(question.body),
    `${etcdUrl(node)}/v3/${question.path}`,
  ];
}

/** Where a member of the workshop serves its clients. */
export function etcdUrl(node: NodeDefinition): string {
  return `http://${node.address}:${String(etcdClientPort)}`;
}

/** `unseen` only when curl itself could not be run: a member that does not answer is an observation. */
export async function askEtcd<T>(
  reach: Reach,
  node: NodeDefinition,
  question: EtcdQuestion,
  schema: z.ZodType<T>,
): Promise<Observed<EtcdAnswer<T>>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'silence', how: 'node-not-running', text: state });
  const looked = await lookOnNetwork(reach, etcdCurl(node, question));
  return looked.kind === 'unseen' ? looked : seen(readEtcdAnswer(looked.value, schema));
}

/** What curl brought back. */
export function readEtcdAnswer<T>(result: CommandResult, schema: z.ZodType<T>): EtcdAnswer<T> {
  if (result.exitStatus !== 0) {
    return { kind: 'silence', how: silence.get(result.exitStatus) ?? 'other', text: result.stderr.trim() };
  }
  const body = parseJson(result.stdout);
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) {
    return { kind: 'error', message: String(body.message) };
  }
  const read = schema.safeParse(body);
  if (read.success) return { kind: 'answer', value: read.data };
  return { kind: 'error', message: result.stdout.trim().slice(0, 200) };
}

// curl's exit statuses: 7 nobody listens there, 28 --max-time is over.
const silence = new Map<number | null, 'refused' | 'timed-out'>([
  [7, 'refused'],
  [28, 'timed-out'],
]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Keys and values travel in base64. */
export function toEtcdBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

export function fromEtcdBytes(bytes: string): string {
  return Buffer.from(bytes, 'base64').toString('utf8');
}

/** etcdctl and etcd's log write ids in hexadecimal, the gateway in decimal. */
export function etcdId(decimal: string): string {
  return BigInt(decimal).toString(16);
}
