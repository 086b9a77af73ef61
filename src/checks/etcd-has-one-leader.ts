import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { type EtcdAnswer } from '../probes/etcd.ts';
import { etcdStatus, type EtcdStatus } from '../probes/etcd-status.ts';
import { seen } from '../probes/reach.ts';
import { etcdSilence } from './etcd-silence.ts';
import { defineCheck } from './kind.ts';

interface MemberView {
  readonly node: NodeDefinition;
  readonly answer: EtcdAnswer<EtcdStatus>;
}

type Answered = MemberView & { readonly status: EtcdStatus };

/** Every member of the target belongs to the same cluster and follows the same leader, which is one of them. */
export const etcdHasOneLeader = defineCheck({
  name: 'etcd-has-one-leader',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, { nodes }) {
    const views: MemberView[] = [];
    for (const [index, answer] of (await Promise.all(nodes.map((node) => etcdStatus(reach, node)))).entries()) {
      const node = nodes[index];
      if (answer.kind === 'unseen') return answer;
      if (node !== undefined) views.push({ node, answer: answer.value });
    }
    return seen<readonly MemberView[]>(views);
  },

  judge(views): Judgement {
    const expected = words('one leader, the same for every member', 'un leader, le même pour tous les membres');
    const answered = views.flatMap((view): readonly Answered[] => (view.answer.kind === 'answer' ? [{ ...view, status: view.answer.value }] : []));
    const seen = joinWords(views.map((view) => viewWords(view, answered)), ', ');
    const causes = [...silentTrouble(views), ...clusterTrouble(answered), ...leaderTrouble(answered)];
    return causes.length === 0 ? { verdict: 'pass', expected, seen } : { verdict: 'fail', expected, seen, cause: joinWords(causes, '\n') };
  },

  command: () => 'etcdctl endpoint status --cluster -w table',
});

function viewWords({ node, answer }: MemberView, answered: readonly Answered[]): Words {
  if (answer.kind !== 'answer') return etcdSilence(answer, node);
  const { leaderId } = answer.value;
  if (leaderId === null) return words(`${node.name} sees no leader`, `${node.name} ne voit pas de leader`);
  const leader = answered.find(({ status }) => status.memberId === leaderId)?.node.name ?? leaderId;
  return words(`${node.name} follows ${leader}`, `${node.name} suit ${leader}`);
}

function silentTrouble(views: readonly MemberView[]): readonly Words[] {
  return views.flatMap(({ node, answer }) => (answer.kind === 'answer' ? [] : [etcdSilence(answer, node)]));
}

function clusterTrouble(answered: readonly Answered[]): readonly Words[] {
  const clusters = [...new Set(answered.map(({ status }) => status.clusterId))];
  if (clusters.length < 2) return [];
  const parts = clusters.map((id) => `${answered.filter(({ status }) => status.clusterId === id).map(({ node }) => node.name).join(', ')} (${id})`);
  return [
    words(
      `these members form ${String(clusters.length)} different clusters: ${parts.join('; ')}. They were started with different lists or tokens, or alone`,
      `ces membres forment ${String(clusters.length)} clusters différents : ${parts.join(' ; ')}. Ils ont été démarrés avec des listes ou des jetons différents, ou seuls`,
    ),
  ];
}

function leaderTrouble(answered: readonly Answered[]): readonly Words[] {
  const clusters = new Set(answered.map(({ status }) => status.clusterId));
  if (clusters.size > 1) return [];
  const leaderless = answered.filter(({ status }) => status.leaderId === null).map(({ node }) => node.name);
  if (leaderless.length > 0) {
    const names = leaderless.join(', ');
    return [words(`${names}: no leader, because there is no majority or an election is going on`, `${names} : pas de leader, faute de majorité ou parce qu'une élection est en cours`)];
  }
  const leaders = new Set(answered.map(({ status }) => status.leaderId));
  return leaders.size > 1 ? [words('the members do not name the same leader: an election is going on', 'les membres ne nomment pas le même leader : une élection est en cours')] : [];
}
