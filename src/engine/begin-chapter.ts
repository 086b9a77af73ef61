import { type ChapterStart } from '../model/chapter-start.ts';
import { type Chapter } from '../model/workshop.ts';
import { dcsContent } from '../probes/dcs.ts';
import { etcdRevision } from '../probes/etcd-revision.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { tableContent } from '../probes/postgres-table.ts';
import { type Observed, type Reach } from '../probes/reach.ts';
import { type LabSession, look } from './session.ts';

const workshopTable = 'workshop_rows';

/** Remembers how the cluster is now, unless that was done before: what the chapter changes is measured from here. */
export async function beginChapter(session: LabSession, chapter: Chapter): Promise<void> {
  if (session.history.starts.has(chapter.id)) return;
  const start = await chapterStart(await look(session));
  await session.record({ kind: 'chapter-begun', chapter: chapter.id, start });
}

async function chapterStart(reach: Reach): Promise<ChapterStart> {
  const none = { leader: null, timeline: null, members: [], etcdRevision: null, systemIdentifier: null, rows: null };
  if (reach.observation.network !== 'present') return none;
  const [cluster, dcs, revision] = await Promise.all([
    observePatroniCluster(reach),
    dcsContent(reach),
    etcdRevision(reach),
  ]);
  const members = valueOf(cluster)?.members ?? [];
  const leader = members.find(({ role }) => role === 'leader');
  const node = reach.workshop.nodes.find(({ name }) => name === leader?.node);
  const table = node === undefined ? null : valueOf(await tableContent(reach, node, workshopTable));
  return {
    leader: leader?.name ?? null,
    timeline: leader?.timeline ?? null,
    members: members.map(({ name }) => name),
    etcdRevision: valueOf(revision),
    systemIdentifier: valueOf(dcs)?.initialize ?? null,
    rows: table?.kind === 'answer' ? table.value.rows : null,
  };
}

function valueOf<T>(observed: Observed<T>): T | null {
  return observed.kind === 'seen' ? observed.value : null;
}
