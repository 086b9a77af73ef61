// How etcd is spoken to: its JSON gateway, by curl, from inside the lab's network. A plain question comes first; a member
// that wants more is asked through the entrance (etcd-entrance.ts), so that nobody has to know how far chapter 8 has come.

import type * as z from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { curl } from './curl.ts';
import { askThroughEntrance, wantsEntrance } from './etcd-entrance.ts';
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
}

/** Within this time a member answers or is taken to be silent. */
const patienceSeconds = 1.5;

/** The arguments that put the question plainly. `body` `@-`: curl reads it from its standard input. */
export function etcdCurl(
  node: NodeDefinition,
  question: EtcdQuestion,
  body = JSON.stringify(question.body),
): readonly string[] {
  return [
    ...curl(patienceSeconds),
    ...(question.needsLeader === true ? ['--header', 'Grpc-Metadata-hasleader: true'] : []),
    '--data',
    body,
    `${plainUrl(node)}/v3/${question.path}`,
  ];
}

function plainUrl(node: NodeDefinition): string {
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
  const looked = await ask(reach, node, etcdCurl(node, question), { isPrivate: /^(?:kv|auth)\//.test(question.path) });
  return looked.kind === 'unseen' ? looked : seen(readEtcdAnswer(looked.value, schema));
}

/** curl takes the last --max-time. A password is slow to check, by design (bcrypt). */
const passwordSeconds = '5';

/**
 * The text that comes back to one who has a certificate, where one is asked for, and no user's name. A body with a
 * password is in no argument, which everybody on a machine may read.
 */
export async function askAsAnyone(
  reach: Reach,
  node: NodeDefinition,
  question: EtcdQuestion,
  { secret = false }: { readonly secret?: boolean } = {},
): Promise<Observed<string>> {
  const input = JSON.stringify(question.body);
  const plain = etcdCurl(node, question, secret ? '@-' : input);
  const patient = [...plain.slice(0, -1), '--max-time', passwordSeconds, ...plain.slice(-1)];
  const how = { isPrivate: false, asAnyone: true, ...(secret && { input }) };
  const looked = await ask(reach, node, patient, how);
  return looked.kind === 'unseen' ? looked : seen(looked.value.stdout);
}

/** A page of a running member, as `/metrics`. */
export function etcdPage(reach: Reach, node: NodeDefinition, path: string): Promise<Observed<CommandResult>> {
  return ask(reach, node, [...curl(patienceSeconds), `${plainUrl(node)}${path}`], { isPrivate: false });
}

interface HowAsked {
  /** With authentication, etcd answers it to its users alone. */
  readonly isPrivate: boolean;
  /** Without a user in any case. */
  readonly asAnyone?: boolean;
  /** What curl reads. */
  readonly input?: string;
}

async function ask(
  reach: Reach,
  node: NodeDefinition,
  question: readonly string[],
  { isPrivate, asAnyone = false, input }: HowAsked,
): Promise<Observed<CommandResult>> {
  const reads = input === undefined ? {} : { input };
  const plain = await lookOnNetwork(reach, question, reads);
  const wanted = plain.kind === 'seen' ? wantsEntrance(plain.value) : null;
  if (wanted === null || (wanted === 'user' && asAnyone)) return plain;
  return askThroughEntrance(reach, node, question, { tls: wanted === 'tls', asUser: isPrivate, ...reads });
}

/** What curl brought back; of its complaint the first line: what follows is advice about certificates in general. */
export function readEtcdAnswer<T>(result: CommandResult, schema: z.ZodType<T>): EtcdAnswer<T> {
  if (result.exitStatus !== 0) {
    return {
      kind: 'silence',
      how: silence.get(result.exitStatus) ?? 'other',
      text: result.stderr.trim().split('\n')[0] ?? '',
    };
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
