// The way in to a member that does not answer plain questions any more: https, with the node's own certificate, and as
// etcd's root user once authentication is on. As from inside a node, whose files no other place has.

import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { lookInNode } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { patroniNodes } from './patroni.ts';
import { seen, type Observed, type Reach } from './reach.ts';
import { tlsPlaces, type TlsPlaces } from './tls-places.ts';

/** What a plain question brings back from a member that wants more than that. */
export function wantsEntrance({ exitStatus, stdout }: CommandResult): 'tls' | 'user' | null {
  if (exitStatus !== 0) return tlsExits.has(exitStatus) ? 'tls' : null;
  if (/HTTP request to an HTTPS server/.test(stdout)) return 'tls';
  return /user name is empty|invalid auth token|permission denied/.test(stdout) ? 'user' : null;
}

// curl's exit statuses: 1 what came back is no HTTP, 52 nothing came back, 56 the connection was cut.
const tlsExits = new Set<number | null>([1, 52, 56]);

/** What etcd's gateway says to a client whose certificate has a common name, once authentication is on. */
const commonNameRefused = /CommonName of client sending a request against gateway/;

export interface Entrance {
  readonly tls: boolean;
  readonly asUser: boolean;
  /** What curl reads; of a question that is put without a user. */
  readonly input?: string;
}

/**
 * Puts a question as `curl` takes it, its URL the last argument, from the member's own node. Where the gateway refuses the
 * common name of that node's certificate, from a Patroni node with its certificate.
 */
export async function askThroughEntrance(
  reach: Reach,
  member: NodeDefinition,
  question: readonly string[],
  how: Entrance,
): Promise<Observed<CommandResult>> {
  const own = await askFrom(reach, member, member.name, question, how);
  if (own.kind === 'unseen' || !commonNameRefused.test(own.value.stdout)) return own;
  for (const { name } of patroniNodes(reach.workshop)) {
    if (reach.observation.nodes.get(name) !== 'running') continue;
    const other = await askFrom(reach, member, name, question, how);
    if (other.kind === 'seen' && other.value.exitStatus === 0 && !commonNameRefused.test(other.value.stdout))
      return other;
  }
  return own;
}

async function askFrom(
  reach: Reach,
  member: NodeDefinition,
  from: NodeName,
  question: readonly string[],
  { tls, asUser, input }: Entrance,
): Promise<Observed<CommandResult>> {
  const node = reach.workshop.nodes.find(({ name }) => name === from) ?? member;
  const places = tls ? await tlsPlaces(reach, node) : null;
  if (places?.kind === 'unseen') return places;
  const put = withTls(question, places?.value ?? null);
  if (!asUser) return lookInNode(reach, from, put, { fromAnywhere: true, ...(input !== undefined && { input }) });
  const token = await authenticate(reach, from, put);
  if (token.kind === 'unseen') return token;
  if (token.value.kind === 'no-token') return seen(token.value.answer);
  if (token.value.text === null) return lookInNode(reach, from, put, { fromAnywhere: true });
  // Whoever has it is etcd's root for five minutes: it is in no argument.
  const asRoot = [...put.slice(0, -1), '--header', '@-', ...put.slice(-1)];
  return lookInNode(reach, from, asRoot, { fromAnywhere: true, input: `Authorization: ${token.value.text}` });
}

/** The same question over TLS. */
function withTls(question: readonly string[], places: TlsPlaces | null): readonly string[] {
  if (places === null) return question;
  const url = question.at(-1)?.replace(/^http:/, 'https:') ?? '';
  return [...question.slice(0, -1), ...curlTls(places), url];
}

function curlTls({ authority, certificate, key }: TlsPlaces): readonly string[] {
  return ['--cacert', authority, '--cert', certificate, '--key', key];
}

type Token =
  /** text null: authentication is off. */
  | { readonly kind: 'token'; readonly text: string | null }
  | { readonly kind: 'no-token'; readonly answer: CommandResult };

/** The last --max-time counts: a password is slow to check, by design (bcrypt). */
const patienceSeconds = '5';

/** Asked once for each look: etcd takes its time over a password. */
async function authenticate(reach: Reach, from: NodeName, question: readonly string[]): Promise<Observed<Token>> {
  const url = (question.at(-1) ?? '').replace(/\/v3\/.*$/, '/v3/auth/authenticate');
  const options = question.slice(0, -1);
  const data = options.indexOf('--data');
  const kept = options.filter((_, index) => data < 0 || (index !== data && index !== data + 1));
  const input = JSON.stringify({ name: 'root', password: reach.workshop.values['etcd_root_password'] ?? '' });
  const looked = await lookInNode(reach, from, [...kept, '--max-time', patienceSeconds, '--data', '@-', url], {
    input,
    fromAnywhere: true,
  });
  if (looked.kind === 'unseen') return looked;
  const answer: unknown = parseJson(looked.value.stdout);
  if (typeof answer === 'object' && answer !== null && 'token' in answer)
    return seen({ kind: 'token', text: String(answer.token) });
  if (looked.value.stdout.includes('authentication is not enabled')) return seen({ kind: 'token', text: null });
  return seen({ kind: 'no-token', answer: looked.value });
}
