import { succeeded } from '../model/command.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { advertisedPeerUrl } from './advertised-peer-url.ts';
import { attemptEtcdctl, etcdctl } from './etcdctl.ts';
import { type ActionContext } from './kind.ts';

export interface NewEtcdMember {
  readonly node: NodeName;
  /** Members that run. */
  readonly others: readonly NodeName[];
  /** It gets no vote yet. */
  readonly learner: boolean;
}

export interface ListedMember {
  readonly id: string;
  readonly learner: boolean;
}

/**
 * Takes what the others remember of a member without data off their list, and adds it anew; it can then start with the
 * state `existing`. Rule: etcd's operations guide, runtime reconfiguration.
 */
export async function addEtcdMember(context: ActionContext, { node, others, learner }: NewEtcdMember): Promise<void> {
  const [helper] = others;
  if (helper === undefined) throw new Error('no member left to ask');
  const peerUrl = await advertisedPeerUrl(context, node);
  for (const { id, name, peers } of await listedBy(context, helper))
    if (name === node || peers === peerUrl) await etcdctl(context, helper, ['member', 'remove', id]);
  const add = ['member', 'add', node, ...(learner ? ['--learner'] : []), `--peer-urls=${peerUrl}`];
  // Refused while the members that are left have not been connected with each other for some seconds.
  await context.waitFor(words(`etcd takes ${node} in again`, `etcd reprend ${node}`), 30, async () =>
    succeeded(await attemptEtcdctl(context, helper, add)),
  );
  // It asks one of them for the list, and ends at once ("member count is unequal") when that one is a moment behind.
  await context.waitFor(
    words(`every member of etcd knows ${node}`, `tous les membres d'etcd connaissent ${node}`),
    30,
    async () => {
      const told = await settleAll(others.map((other) => attemptEtcdctl(context, other, ['member', 'list'])));
      return told.every((list) => succeeded(list) && membersIn(list.stdout).some(({ peers }) => peers === peerUrl));
    },
  );
}

/** What a member lists under this peer URL. */
export async function etcdMembersAt(
  context: ActionContext,
  asked: NodeName,
  peerUrl: string,
): Promise<readonly ListedMember[]> {
  const listed = await listedBy(context, asked);
  return listed.filter(({ peers }) => peers === peerUrl).map(({ id, learner }) => ({ id, learner }));
}

async function listedBy(context: ActionContext, asked: NodeName) {
  return membersIn((await etcdctl(context, asked, ['member', 'list'])).stdout);
}

/** `ID, status, name, peers, clients, learner`: what etcdctl prints without a format. */
function membersIn(list: string) {
  return list
    .trim()
    .split('\n')
    .map((line) => line.split(', '))
    .map(([id = '', , name = '', peers = '', , learner = '']) => ({ id, name, peers, learner: learner === 'true' }));
}
