// How Patroni's REST API is spoken to: by curl, from inside the lab's network. Port, scheme and credentials are decided in
// this file alone, so that moving it to HTTPS changes one place.

import type * as z from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeState } from '../model/observation.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { curl } from './curl.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

const patroniRestPort = 8008;

/** What came of a question to one member. */
export type PatroniAnswer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'node-not-running'; readonly state: NodeState }
  | { readonly kind: 'silence'; readonly how: 'refused' | 'timed-out' | 'other'; readonly text: string };

/** Patroni 3 says master where 4 says primary, and /cluster says leader. */
export const leadingRoles: readonly string[] = ['leader', 'master', 'primary', 'standby_leader'];

/** Within this time a member answers or is taken to be silent. */
const patienceSeconds = 2;

/** Where a member of the workshop serves its REST API. */
export function patroniUrl(node: NodeDefinition, path: string): string {
  return `http://${node.address}:${String(patroniRestPort)}${path}`;
}

/** The arguments that put a GET; `resolve` says which address a name in the URL stands for (`pg-1:8008:10.0.3.141`). */
export function patroniCurl(url: string, resolve?: string): readonly string[] {
  const known = resolve === undefined ? [] : ['--resolve', resolve];
  return [...curl(patienceSeconds), ...known, url];
}

/** A member answers in JSON also when it says no (503). `unseen` only when curl itself could not be run. */
export async function askPatroni<T>(
  reach: Reach,
  node: NodeDefinition,
  path: string,
  schema: z.ZodType<T>,
): Promise<Observed<PatroniAnswer<T>>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'node-not-running', state });
  const looked = await lookOnNetwork(reach, patroniCurl(patroniUrl(node, path)));
  return looked.kind === 'unseen' ? looked : seen(readPatroniAnswer(looked.value, schema));
}

/** What curl brought back. */
export function readPatroniAnswer<T>(result: CommandResult, schema: z.ZodType<T>): PatroniAnswer<T> {
  if (result.exitStatus !== 0) {
    return { kind: 'silence', how: silence.get(result.exitStatus) ?? 'other', text: result.stderr.trim() };
  }
  const read = schema.safeParse(parseJson(result.stdout));
  return read.success
    ? { kind: 'answer', value: read.data }
    : { kind: 'error', message: result.stdout.trim().slice(0, 200) };
}

// curl's exit statuses: 7 nobody listens there, 28 --max-time is over.
const silence = new Map<number | null, 'refused' | 'timed-out'>([
  [7, 'refused'],
  [28, 'timed-out'],
]);
