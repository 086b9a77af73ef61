// etcdctl in a node, with what etcd there wants to see: nothing, or a certificate and root's password. The password is in no
// argument list: those are everybody's to read.

import { type CommandOptions, type CommandResult, succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { etcdClientPort, etcdCurl, toEtcdBytes } from '../probes/etcd.ts';
import { wantsEntrance } from '../probes/etcd-entrance.ts';
import { rootPassword } from '../probes/etcd-roles.ts';
import { etcdSettings } from '../probes/etcd-settings.ts';
import { etcdSources } from '../probes/etcd-sources.ts';
import { lookOnNetwork } from '../probes/look-in-node.ts';
import { type Reach } from '../probes/reach.ts';
import { tlsPlaces } from '../probes/tls-places.ts';
import { type ActionContext } from './kind.ts';

/** Throws a LabError (exit status 1) when etcdctl fails. */
export async function etcdctl(context: ActionContext, node: NodeName, args: readonly string[]): Promise<CommandResult> {
  const result = await attemptEtcdctl(context, node, args);
  if (succeeded(result)) return result;
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').at(-1) ?? '';
  throw new LabError(
    'etcdctl-failed',
    words(
      `On ${node}, etcdctl ${args[0] ?? ''} failed: ${said}`,
      `Sur ${node}, etcdctl ${args[0] ?? ''} a échoué : ${said}`,
    ),
    { exit: exitStatus.failed },
  );
}

export async function attemptEtcdctl(
  context: ActionContext,
  node: NodeName,
  args: readonly string[],
  options: { readonly input?: string } = {},
  as: 'root' | 'anonymous' = 'root',
): Promise<CommandResult> {
  const { argv, password } = await waysIn(context, node, args);
  return as === 'root' && password !== null
    ? context.attempt(node, asRoot(argv), { input: rootInput(password, options.input) })
    : context.attempt(node, argv, options);
}

/** Goes on until `signal` ends it or etcdctl gives up, and tells what etcdctl says as it comes. */
export async function attachEtcdctl(
  context: ActionContext,
  node: NodeName,
  args: readonly string[],
  options: Required<Pick<CommandOptions, 'onOutput' | 'signal' | 'timeoutSeconds'>>,
): Promise<CommandResult> {
  const { argv, password } = await waysIn(context, node, args);
  return password === null
    ? context.attachToNode(node, argv, options)
    : context.attachToNode(node, asRoot(argv), { ...options, input: rootInput(password) });
}

interface WaysIn {
  readonly argv: readonly string[];
  /** root's; null: nobody has to have one. */
  readonly password: string | null;
}

// etcdctl takes `--user` from its environment as well (3.4 and 3.5). What is left of standard input is its own.
const script = 'IFS= read -r ETCDCTL_USER; export ETCDCTL_USER; exec "$0" "$@"';

function asRoot(argv: readonly string[]): readonly string[] {
  return ['sh', '-c', script, ...argv];
}

function rootInput(password: string, rest = ''): string {
  return `root:${password}\n${rest}`;
}

async function waysIn(context: ActionContext, name: NodeName, args: readonly string[]): Promise<WaysIn> {
  const plain: WaysIn = { argv: ['etcdctl', ...args], password: null };
  const reach = await context.look();
  const node = context.workshop.nodes.find((one) => one.name === name);
  if (node === undefined || (await answersAnyone(reach, node))) return plain;
  const sources = await etcdSources(reach, name);
  if (sources.kind === 'unseen') return plain;
  const urls = etcdSettings(sources.value).settings.get('listen-client-urls')?.value ?? '';
  const places = await tlsPlaces(reach, node);
  if (!urls.includes('https://') || places.kind === 'unseen') return plain;
  const { authority, certificate, key } = places.value;
  const member = `--endpoints=https://${node.address}:${String(etcdClientPort)}`;
  const own = [`--cacert=${authority}`, `--cert=${certificate}`, `--key=${key}`];
  // The password is of no consequence while authentication is off.
  return { argv: ['etcdctl', member, ...own, ...args], password: rootPassword(context.workshop) };
}

/** One question, where reading what etcd was told takes four programs: until chapter 8 it is all that is needed. */
async function answersAnyone(reach: Reach, node: NodeDefinition): Promise<boolean> {
  // `serializable`: answered from the member's own store, so also without a leader.
  const put = etcdCurl(node, { path: 'kv/range', body: { key: toEtcdBytes('/'), serializable: true } });
  const asked = await lookOnNetwork(reach, put);
  return asked.kind === 'seen' && succeeded(asked.value) && wantsEntrance(asked.value) === null;
}
