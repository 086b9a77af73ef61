import { type ChapterStart, nothingYet } from '../model/chapter-start.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Chapter } from '../model/workshop.ts';
import { dcsContent } from '../probes/dcs.ts';
import { etcdRevision } from '../probes/etcd-revision.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { tableContent } from '../probes/postgres-table.ts';
import { type Observed, type Reach } from '../probes/reach.ts';
import { type LabSession, look } from './session.ts';

const workshopTable = 'workshop_rows';

/** Remembers how the cluster is now, unless that was done before: what the chapter changes is measured from here. */
export async function beginChapter(session: LabSession, chapter: Chapter): Promise<void> {
  if (session.history.starts.has(chapter.id)) return;
  // Nothing came before it: nodes that have only just been made are not asked what they remember.
  const first = session.workshop.chapters[0]?.id === chapter.id;
  const start = first ? nothingYet : await chapterStart(await look(session));
  await session.record({ kind: 'chapter-begun', chapter: chapter.id, start });
}

async function chapterStart(reach: Reach): Promise<ChapterStart> {
  if (reach.observation.network !== 'present') return nothingYet;
  const [cluster, dcs, revision, etcdMembers] = await settleAll([
    observePatroniCluster(reach),
    dcsContent(reach),
    etcdRevision(reach),
    etcdMemberIds(reach),
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
    etcdMembers,
    systemIdentifier: valueOf(dcs)?.initialize ?? null,
    rows: table?.kind === 'answer' ? table.value.rows : null,
  };
}

/** Of the members that tell their own. */
async function etcdMemberIds(reach: Reach): Promise<Readonly<Record<string, string>>> {
  const nodes = reach.workshop.nodes.filter(({ name }) => reach.workshop.groups['etcd']?.includes(name));
  const told = await settleAll(nodes.map(async (node) => ({ node, status: await etcdStatus(reach, node) })));
  return Object.fromEntries(
    told.flatMap(({ node, status }) =>
      status.kind === 'seen' && status.value.kind === 'answer' ? [[node.name, status.value.value.memberId]] : [],
    ),
  );
}

function valueOf<T>(observed: Observed<T>): T | null {
  return observed.kind === 'seen' ? observed.value : null;
}
