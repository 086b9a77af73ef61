// What a node runs from its boot on, after a fault: started where it stands still, and waited for.

import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { etcdStatus } from '../probes/etcd-status.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { askPatroni, leadingRoles } from '../probes/patroni-rest.ts';
import { type Reach } from '../probes/reach.ts';
import { type FaultContext } from './fault.ts';

type Commands = Pick<FaultContext, 'workshop' | 'attempt' | 'exec'>;

/** Units that were never enabled are the learner's, or a later chapter's. */
export async function startServices(context: Commands, node: NodeDefinition): Promise<void> {
  for (const unit of unitsOf(context, node)) {
    const enabled = await context.attempt(node.name, ['systemctl', 'is-enabled', '--quiet', unit]);
    if (!succeeded(enabled)) continue;
    await context.attempt(node.name, ['systemctl', 'reset-failed', unit]);
    await context.exec(node.name, ['systemctl', 'start', '--no-block', unit]);
  }
}

/** Whether what runs in the node answers: etcd follows a leader, Patroni has its PostgreSQL and sees a leader. */
export async function servicesAnswer(context: Commands, reach: Reach, node: NodeDefinition): Promise<boolean> {
  for (const unit of unitsOf(context, node)) {
    const state = await context.attempt(node.name, ['systemctl', 'is-active', unit]);
    const atWork = ['active', 'activating', 'reloading'].includes(state.stdout.trim());
    if (!atWork) continue;
    if (!(unit === 'etcd' ? await etcdFollows(reach, node) : await patroniServes(reach, node))) return false;
  }
  return true;
}

function unitsOf({ workshop }: Commands, node: NodeDefinition): readonly ('etcd' | 'patroni')[] {
  const etcd = workshop.groups['etcd']?.includes(node.name) === true;
  return [...(etcd ? (['etcd'] as const) : []), ...(node.member === undefined ? [] : (['patroni'] as const))];
}

async function etcdFollows(reach: Reach, node: NodeDefinition): Promise<boolean> {
  const status = await etcdStatus(reach, node);
  return status.kind === 'seen' && status.value.kind === 'answer' && status.value.value.leaderId !== null;
}

const self = z.object({ state: z.string(), role: z.string() });

async function patroniServes(reach: Reach, node: NodeDefinition): Promise<boolean> {
  const [asked, cluster] = await settleAll([askPatroni(reach, node, '/patroni', self), observePatroniCluster(reach)]);
  if (asked.kind === 'unseen' || asked.value.kind !== 'answer' || cluster.kind === 'unseen') return false;
  const members = cluster.value?.members ?? [];
  const member = members.find((one) => one.node === node.name);
  const leader = members.find(({ role }) => role === 'leader');
  // What etcd still says of a member that was killed is what it was before: its own word has to agree.
  const leads = leadingRoles.includes(asked.value.value.role);
  // `running` of a replica is all that Patroni 3.0 says; from 3.0.4 on it says `streaming` once it does.
  return (
    asked.value.value.state === 'running' &&
    leader !== undefined &&
    member !== undefined &&
    leads === (member === leader) &&
    member.timeline === leader.timeline &&
    (member.state === 'running' || member.state === 'streaming')
  );
}
