// How Patroni's REST API is spoken to: by curl, from inside the lab's network. Port, scheme and credentials are decided in
// this file alone, so that moving it to HTTPS changes one place.

import { z } from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type PatroniMember, type PatroniStatus } from '../model/lab-status.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export const patroniRestPort = 8008;

/** What came of a question to one member. */
export type PatroniAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'silence'; readonly how: 'node-not-running' | 'refused' | 'timed-out' | 'other'; readonly text: string };

/** `/cluster` as one member tells it. */
export interface ToldCluster {
  /** From Patroni 3.1 on. */
  readonly scope: string | null;
  readonly leader: string | null;
  readonly members: readonly PatroniMember[];
}

/** Within this time a member answers or is taken to be silent. */
const patienceSeconds = 2;

/** Where a member of the workshop serves its REST API. */
export function patroniUrl(node: NodeDefinition, path: string): string {
  return `http://${node.address}:${String(patroniRestPort)}${path}`;
}

/** The arguments that put a GET; `resolve` says which address a name in the URL stands for (`pg-1:8008:10.0.3.141`). */
export function patroniCurl(url: string, resolve?: string): readonly string[] {
  const known = resolve === undefined ? [] : ['--resolve', resolve];
  return ['curl', '--disable', '--noproxy', '*', '--silent', '--show-error', '--max-time', String(patienceSeconds), ...known, url];
}

/** A member answers in JSON also when it says no (503). `unseen` only when curl itself could not be run. */
export async function askPatroni<T>(
  reach: Reach,
  node: NodeDefinition,
  path: string,
  schema: z.ZodType<T>,
): Promise<Observed<PatroniAnswer<T>>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'silence', how: 'node-not-running', text: state });
  const looked = await lookOnNetwork(reach, patroniCurl(patroniUrl(node, path)));
  return looked.kind === 'unseen' ? looked : seen(readPatroniAnswer(looked.value, schema));
}

/** What curl brought back. */
export function readPatroniAnswer<T>(result: CommandResult, schema: z.ZodType<T>): PatroniAnswer<T> {
  if (result.exitStatus !== 0) {
    return { kind: 'silence', how: silence.get(result.exitStatus) ?? 'other', text: result.stderr.trim() };
  }
  const read = schema.safeParse(parseJson(result.stdout));
  return read.success ? { kind: 'answer', value: read.data } : { kind: 'error', message: result.stdout.trim().slice(0, 200) };
}

// curl's exit statuses: 7 nobody listens there, 28 --max-time is over.
const silence = new Map<number | null, 'refused' | 'timed-out'>([
  [7, 'refused'],
  [28, 'timed-out'],
]);

/** The nodes that may run Patroni. */
export function patroniNodes(workshop: Workshop): readonly NodeDefinition[] {
  return workshop.nodes.filter((node) => node.member !== undefined);
}

/** The cluster as this node's Patroni sees it in etcd. */
export function toldCluster(reach: Reach, node: NodeDefinition): Promise<Observed<PatroniAnswer<ToldCluster>>> {
  return askPatroni(reach, node, '/cluster', clusterSchema(reach.workshop));
}

/** The cluster as whoever answers sees it; null when no Patroni answers. Those who know a leader are believed first. */
export async function observePatroniCluster(reach: Reach): Promise<Observed<PatroniStatus | null>> {
  const told = await Promise.all(patroniNodes(reach.workshop).map((node) => toldCluster(reach, node)));
  const unseen = told.find((one) => one.kind === 'unseen');
  const answers = told.flatMap((one) => (one.kind === 'seen' && one.value.kind === 'answer' ? [one.value.value] : []));
  const best = answers.find((answer) => answer.leader !== null) ?? answers[0];
  if (best === undefined) return unseen ?? seen(null);
  return seen({ scope: best.scope ?? reach.workshop.values['patroni_scope'] ?? '', leader: best.leader, members: best.members });
}

// Roles: master until Patroni 3, primary from 4 on in some answers, leader in /cluster. A lag is a number of bytes or `unknown`.
const memberSchema = z.object({
  name: z.string(),
  role: z.string(),
  state: z.string(),
  host: z.string().optional(),
  timeline: z.int().optional(),
  lag: z.union([z.number(), z.string()]).optional(),
});

const leading = ['leader', 'master', 'primary', 'standby_leader'];
const bytesPerMb = 1024 * 1024;

export function clusterSchema(workshop: Workshop): z.ZodType<ToldCluster> {
  return z.object({ scope: z.string().optional(), members: z.array(memberSchema) }).transform(({ scope, members }) => ({
    scope: scope ?? null,
    leader: members.find(({ role }) => leading.includes(role))?.name ?? null,
    members: members.map((member) => toMember(member, workshop)),
  }));
}

function toMember({ name, role, state, host, timeline, lag }: z.infer<typeof memberSchema>, { nodes }: Workshop): PatroniMember {
  const leads = leading.includes(role);
  return {
    name,
    node: (nodes.find((node) => node.member === name) ?? nodes.find((node) => node.address === host))?.name ?? null,
    role: leads ? 'leader' : role.includes('sync') || role.includes('quorum') ? 'sync_standby' : 'replica',
    state,
    timeline: timeline ?? null,
    lagMb: leads || typeof lag !== 'number' ? null : lag / bytesPerMb,
  };
}
