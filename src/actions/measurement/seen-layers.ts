import { type Layer, type Outage } from '../../model/measurement.ts';
import { settleAll } from '../../model/settle-all.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { journalLines, type JournalLine, type JournalQuery } from '../../probes/journal-lines.ts';
import { type Reach } from '../../probes/reach.ts';
import { type KeyChange } from './watch-leader-key.ts';

export interface LayersSeen {
  /** Milliseconds since 1970. */
  readonly faultAt: number;
  readonly hit: string;
  readonly leaderBefore: string;
  readonly leaderAfter: NodeDefinition;
  readonly proxies: readonly NodeDefinition[];
  readonly keyChanges: readonly KeyChange[];
  readonly healedAt: number | null;
  readonly withoutWrites: Outage | null;
}

/** The failover from below upwards, as etcd, PostgreSQL's and HAProxy's logs, and the clients saw it; in its order. */
export async function seenLayers(reach: Reach, seen: LayersSeen): Promise<readonly Layer[]> {
  const { faultAt, withoutWrites, healedAt, leaderAfter } = seen;
  const after = (milliseconds: number): number => Math.round(milliseconds - faultAt) / 1000;
  const [promotion, up] = await settleAll([promotedAt(reach, seen), proxyUpAt(reach, seen)]);
  const firstWrite = withoutWrites?.to ?? null;
  const layers: Layer[] = [
    { layer: 'fault', at: 0, who: seen.hit },
    ...keyLayers(seen, after),
    ...(promotion === null
      ? []
      : [{ layer: 'promotion', at: after(promotion), who: leaderAfter.member ?? null } as const]),
    ...(up === null ? [] : [{ layer: 'haproxy-up', at: after(up.at), who: up.node } as const]),
    ...(healedAt === null ? [] : [{ layer: 'healed', at: after(healedAt), who: seen.hit } as const]),
    ...(firstWrite === null ? [] : [{ layer: 'first-write', at: firstWrite, who: null } as const]),
  ];
  return layers.sort((one, other) => one.at - other.at);
}

function keyLayers({ keyChanges, faultAt, leaderBefore }: LayersSeen, after: (at: number) => number): readonly Layer[] {
  const since = keyChanges.filter(({ at }) => at >= faultAt);
  const gone = since.find(({ holder }) => holder === null);
  const taken = since.find(
    ({ holder, at }) => holder !== null && (holder !== leaderBefore || at >= (gone?.at ?? at + 1)),
  );
  return [
    ...(gone === undefined ? [] : [{ layer: 'leader-key-gone', at: after(gone.at), who: leaderBefore } as const]),
    ...(taken === undefined ? [] : [{ layer: 'new-leader-key', at: after(taken.at), who: taken.holder } as const]),
  ];
}

/** PostgreSQL's own word; null where nobody was promoted, or the log is elsewhere. */
async function promotedAt(reach: Reach, { leaderAfter, faultAt }: LayersSeen): Promise<number | null> {
  const lines = await linesSince(reach, leaderAfter, faultAt, {
    unit: 'patroni',
    grep: 'selected new timeline',
    last: 1,
  });
  return lines[0] === undefined ? null : lines[0].atUs / 1000;
}

/** The first HAProxy that has the new leader up; null where none said so. */
async function proxyUpAt(
  reach: Reach,
  { proxies, leaderAfter, faultAt }: LayersSeen,
): Promise<{ readonly at: number; readonly node: string } | null> {
  const ups = await settleAll(
    proxies.map(async (proxy) => {
      const lines = await linesSince(reach, proxy, faultAt, { unit: 'haproxy', grep: 'is UP', last: 20 });
      const [first] = lines.filter(({ message }) => namesServer(message, leaderAfter));
      return first === undefined ? [] : [{ at: first.atUs / 1000, node: proxy.name }];
    }),
  );
  return ups.flat().sort((one, other) => one.at - other.at)[0] ?? null;
}

/** `Server leader/pg-2 is UP`: of the section of the leader, not of the replicas. */
function namesServer(message: string, { member, name }: NodeDefinition): boolean {
  const [, section = '', server = ''] = /Server ([^/\s]+)\/(\S+) is UP/.exec(message) ?? [];
  return [member, name].includes(server) && !/replica|read|standby/i.test(section);
}

async function linesSince(
  reach: Reach,
  node: NodeDefinition,
  faultAt: number,
  query: Omit<JournalQuery, 'sinceSeconds'>,
): Promise<readonly JournalLine[]> {
  const lines = await journalLines(reach, node.name, { ...query, sinceSeconds: faultAt / 1000 });
  return lines.kind === 'seen' ? lines.value : [];
}
