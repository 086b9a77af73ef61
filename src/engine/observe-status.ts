// What `lab status` shows, looked at side by side.

import { nodesUpTo } from '../model/chapters-up-to.ts';
import { type LabHistory, stepKey } from '../model/lab-history.ts';
import { type EtcdStatus, type LabStatus, type StepStatus } from '../model/lab-status.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { haproxyStatus } from '../probes/haproxy-status.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { type Reach } from '../probes/reach.ts';
import { observeCertificates } from './observe-certificates.ts';
import { type LabSession, look, type LookSession } from './session.ts';

type StatusSession = LookSession & Pick<LabSession, 'lab'>;

export async function observeStatus(session: StatusSession, history: LabHistory): Promise<LabStatus> {
  const reach = await look(session);
  const { workshop } = session;
  const existing = history.chapter === null ? [] : nodesUpTo(workshop, history.chapter.id);
  const connected = reach.observation.network === 'present';
  const etcdNodes = existing.filter((node) => workshop.groups['etcd']?.includes(node.name));
  const hasMembers = existing.some((node) => node.member !== undefined);
  const proxied = connected ? existing.filter((node) => showsProxy(session, history, node)) : [];
  const [etcd, patroni, haproxy, certificates] = await settleAll([
    etcdNodes.length > 0 ? observeEtcd(reach, etcdNodes) : null,
    hasMembers && connected ? observePatroniCluster(reach) : null,
    proxied.length > 0 ? haproxyStatus(reach, proxied) : null,
    history.chapter !== null && connected ? observeCertificates(reach, history.chapter.id) : null,
  ]);
  return {
    lab: session.lab,
    edition: session.edition.name,
    chapter: history.chapter,
    nodes: existing.map((node) => ({
      name: node.name,
      state: reach.observation.nodes.get(node.name) ?? 'absent',
      address: node.address,
    })),
    etcd,
    patroni: patroni?.kind === 'seen' ? patroni.value : null,
    haproxy,
    certificates,
    faults: history.faults,
    steps: stepsOf(session, history),
  };
}

/** From the chapter on that checks the statistics page of the node's proxy. */
function showsProxy({ workshop }: StatusSession, { chapter }: LabHistory, { name }: NodeDefinition): boolean {
  const now = workshop.chapters.find(({ id }) => id === chapter?.id)?.number ?? 0;
  return workshop.chapters
    .filter(({ number }) => number <= now)
    .flatMap(({ steps }) => steps.flatMap(({ checks }) => checks))
    .some(({ kind, on }) => kind === 'haproxy-statistics-agree' && on?.kind === 'group' && on.nodes.includes(name));
}

async function observeEtcd(reach: Reach, nodes: readonly NodeDefinition[]): Promise<EtcdStatus> {
  const members = await settleAll(
    nodes.map(async (node) => {
      const observed = reach.observation.network === 'present' ? await etcdStatus(reach, node) : null;
      const status = observed?.kind === 'seen' && observed.value.kind === 'answer' ? observed.value.value : null;
      const leaderId = status?.leaderId ?? null;
      return {
        name: node.name,
        healthy: leaderId !== null,
        leader: leaderId !== null && leaderId === status?.memberId,
      };
    }),
  );
  return { healthy: members.filter((member) => member.healthy).length, members };
}

function stepsOf({ workshop }: StatusSession, history: LabHistory): readonly StepStatus[] {
  const chapter = workshop.chapters.find((one) => one.id === history.chapter?.id);
  return (chapter?.steps ?? []).map((step) => ({
    id: step.id,
    title: words(
      chapter?.words.en.steps[step.id]?.title ?? step.id,
      chapter?.words.fr.steps[step.id]?.title ?? step.id,
    ),
    state: chapter && history.steps.get(stepKey(chapter.id, step.id))?.state === 'completed' ? 'done' : 'open',
  }));
}
