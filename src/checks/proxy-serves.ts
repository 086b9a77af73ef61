// What the checks of the two client ports have in common: sessions through a node's proxy, and whoever is behind them.

import { type Judgement } from '../model/verdict.ts';
import { type Words, words } from '../model/words.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { proxiedSessions, type ProxiedSession } from '../probes/proxied-sessions.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { type CheckSetting } from './kind.ts';
import { lookForProxyTrouble, type ProxyTrouble, whyProxyFails } from './why-proxy-fails.ts';

export interface ProxySessions {
  readonly sessions: readonly ProxiedSession[];
  /** By Patroni's word. */
  readonly leader: NodeDefinition | null;
  readonly replicas: readonly NodeDefinition[];
  readonly trouble: ProxyTrouble;
}

export async function observeProxy(
  reach: Reach,
  setting: CheckSetting,
  port: number,
  count: number,
): Promise<Observed<ProxySessions>> {
  const node = checkedNode(setting);
  const [sessions, cluster, trouble] = await Promise.all([
    proxiedSessions(reach, node, port, count),
    observePatroniCluster(reach),
    lookForProxyTrouble(reach, node),
  ]);
  if (sessions.kind === 'unseen') return sessions;
  if (cluster.kind === 'unseen') return cluster;
  if (trouble.kind === 'unseen') return trouble;
  const members = cluster.value?.members ?? [];
  const nodesOf = (leads: boolean): readonly NodeDefinition[] =>
    reach.workshop.nodes.filter(({ name }) =>
      members.some((member) => member.node === name && (member.role === 'leader') === leads),
    );
  return seen({
    sessions: sessions.value,
    leader: nodesOf(true)[0] ?? null,
    replicas: nodesOf(false),
    trouble: trouble.value,
  });
}

/** What is wrong with the sessions, with the likely cause behind it. */
export function proxyFailure(
  expected: Words,
  found: Words,
  observed: ProxySessions,
  setting: CheckSetting,
  port: number,
): Judgement {
  const error = observed.sessions.find((session) => session.kind === 'error');
  const known = whyProxyFails(observed.trouble, checkedNode(setting), port, setting);
  const cause = known ?? (error === undefined ? null : psqlWords(error.message, port));
  return { verdict: 'fail', expected, seen: found, ...(cause === null ? {} : { cause }) };
}

function psqlWords(message: string, port: number): Words {
  if (message.includes('SSL negotiation')) {
    return words(
      `the port is open, and what answers there is no PostgreSQL: ${message}. HAProxy speaks HTTP on ${String(port)}; it needs \`mode tcp\``,
      `le port est ouvert, et ce qui répond n'est pas un PostgreSQL : ${message}. HAProxy parle HTTP sur ${String(port)} ; il lui faut \`mode tcp\``,
    );
  }
  return words(`psql said: ${message}`, `psql a dit : ${message}`);
}

export function memberAt({ nodes }: Workshop, address: string): string {
  return nodes.find((node) => node.address === address)?.member ?? address;
}

/** `pg-2 ×5, pg-3 ×5, 1 error` */
export function whoAnswered(sessions: readonly ProxiedSession[], workshop: Workshop): Words {
  const counts = new Map<string, number>();
  let errors = 0;
  for (const session of sessions) {
    if (session.kind === 'error') errors++;
    else counts.set(memberAt(workshop, session.address), (counts.get(memberAt(workshop, session.address)) ?? 0) + 1);
  }
  const answers = [...counts].sort().map(([name, count]) => `${name} ×${String(count)}`);
  const last = errors === 0 ? [] : [String(errors)];
  return words(
    [...answers, ...last.map((n) => `${n} without an answer`)].join(', '),
    [...answers, ...last.map((n) => `${n} sans réponse`)].join(', '),
  );
}
