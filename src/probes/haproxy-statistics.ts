// The statistics page of HAProxy, as CSV, asked from the trainer's seat.

import { type NodeDefinition } from '../model/workshop.ts';
import { type NodeState } from '../model/observation.ts';
import { curl } from './curl.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export const statisticsPort = 7000;

/** A server as one proxy sees it. */
export interface ProxiedServer {
  /** The section of haproxy.cfg: `leader`. */
  readonly backend: string;
  /** `pg-1`. */
  readonly server: string;
  /** HAProxy's own word: `UP`, `DOWN`, `UP 1/3`, `DOWN 1/2`, `MAINT`, `no check`. */
  readonly status: string;
  /** The outcome of the last check: `L7OK`, `L7STS`, `L4CON`; empty while there was none. */
  readonly check: string;
  /** HTTP status of the answer; null when there was none. */
  readonly code: number | null;
  /** Sessions that go through it now. */
  readonly sessions: number;
  /** Seconds since it last went up or down. */
  readonly sinceSeconds: number | null;
}

export type StatisticsAnswer =
  | { readonly kind: 'answer'; readonly servers: readonly ProxiedServer[] }
  /** Something answers, and it is not the statistics. */
  | { readonly kind: 'other'; readonly text: string }
  | { readonly kind: 'node-not-running'; readonly state: NodeState }
  | { readonly kind: 'silence'; readonly refused: boolean; readonly text: string };

const patienceSeconds = 2;

export function statisticsUrl(node: NodeDefinition): string {
  return `http://${node.address}:${String(statisticsPort)}/`;
}

export async function haproxyStatistics(reach: Reach, node: NodeDefinition): Promise<Observed<StatisticsAnswer>> {
  const state = reach.observation.nodes.get(node.name) ?? 'absent';
  if (state !== 'running') return seen({ kind: 'node-not-running', state });
  const looked = await lookOnNetwork(reach, [...curl(patienceSeconds), `${statisticsUrl(node)};csv`]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  // curl's exit status 7: nobody listens there.
  if (exitStatus !== 0) return seen({ kind: 'silence', refused: exitStatus === 7, text: stderr.trim() });
  const servers = parseStatistics(stdout);
  return seen(servers === null ? { kind: 'other', text: stdout.trim().slice(0, 200) } : { kind: 'answer', servers });
}

/** null: it isn't HAProxy's CSV. Fields are found by their names, which differ in number from version to version. */
export function parseStatistics(csv: string): readonly ProxiedServer[] | null {
  const [head = '', ...rows] = csv.split('\n');
  if (!head.startsWith('# pxname,svname,')) return null;
  const names = head.slice(2).split(',');
  return rows.flatMap((row) => {
    const fields = row.split(',');
    const field = (name: string): string => fields[names.indexOf(name)] ?? '';
    const server = field('svname');
    if (server === '' || server === 'FRONTEND' || server === 'BACKEND') return [];
    return [
      {
        backend: field('pxname'),
        server,
        status: field('status'),
        // `* L7OK`: a check is on its way.
        check: field('check_status').replace(/^\* /, ''),
        code: field('check_code') === '' ? null : Number(field('check_code')),
        sessions: Number(field('scur')),
        sinceSeconds: field('lastchg') === '' ? null : Number(field('lastchg')),
      },
    ];
  });
}

/** HAProxy sends it connections: also while its first checks fail (`UP 2/3`). */
export function takesSessions({ status }: Pick<ProxiedServer, 'status'>): boolean {
  return status.startsWith('UP') || status === 'no check';
}
