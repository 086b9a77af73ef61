import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { etcdStatus, type EtcdStatus } from '../probes/etcd-status.ts';
import { askEveryMember, silenceOf, silencesOf, type MemberAnswer } from './ask-member.ts';
import { defineCheck } from './kind.ts';

type Answered = MemberAnswer<EtcdStatus> & { readonly status: EtcdStatus };

/** Every member of the target belongs to the same cluster and follows the same leader, which is one of them. */
export const etcdHasOneLeader = defineCheck({
  name: 'etcd-has-one-leader',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 20,

  observe: (reach, { nodes }) => askEveryMember(reach, nodes, etcdStatus),

  judge(rows): Judgement {
    const expected = words('one leader, the same for every member', 'un leader, le même pour tous les membres');
    const answered = rows.flatMap((row): readonly Answered[] =>
      row.answer.kind === 'answer' ? [{ ...row, status: row.answer.value }] : [],
    );
    const seen = joinWords(
      rows.map((row) => silenceOf(row)?.seen ?? viewWords(row, answered)),
      ', ',
    );
    const causes = [
      ...silencesOf(rows).map(({ cause }) => cause),
      ...clusterTrouble(answered),
      ...leaderTrouble(answered),
    ];
    return causes.length === 0
      ? { verdict: 'pass', expected, seen }
      : { verdict: 'fail', expected, seen, cause: joinWords(causes, '\n') };
  },

  command: () => 'etcdctl endpoint status --cluster -w table',
});

function viewWords({ node, answer }: MemberAnswer<EtcdStatus>, answered: readonly Answered[]): Words {
  const leaderId = answer.kind === 'answer' ? answer.value.leaderId : null;
  if (leaderId === null) return words(`${node.name} sees no leader`, `${node.name} ne voit pas de leader`);
  const leader = answered.find(({ status }) => status.memberId === leaderId)?.node.name ?? leaderId;
  return words(`${node.name} follows ${leader}`, `${node.name} suit ${leader}`);
}

function clusterTrouble(answered: readonly Answered[]): readonly Words[] {
  const twins = answered.filter(
    ({ status }) => answered.filter((other) => other.status.memberId === status.memberId).length > 1,
  );
  if (twins.length > 0) return [eachAlone(twins)];
  const clusters = [...new Set(answered.map(({ status }) => status.clusterId))];
  if (clusters.length < 2) return [];
  const parts = clusters.map(
    (id) =>
      `${answered
        .filter(({ status }) => status.clusterId === id)
        .map(({ node }) => node.name)
        .join(', ')} (${id})`,
  );
  return [
    words(
      `these members form ${String(clusters.length)} different clusters: ${parts.join('; ')}. They were started with different lists or tokens, or alone`,
      `ces membres forment ${String(clusters.length)} clusters différents : ${parts.join(' ; ')}. Ils ont été démarrés avec des listes ou des jetons différents, ou seuls`,
    ),
  ];
}

/** Without settings etcd derives the same ids on every node: equal ids are the sign of separate clusters, not of one. */
function eachAlone(twins: readonly Answered[]): Words {
  const names = twins.map(({ node }) => node.name).join(', ');
  const id = twins[0]?.status.memberId ?? '';
  return words(
    `${names} all say that they are the member ${id}: each is a cluster of its own, with the data of a start before the configuration`,
    `${names} disent tous être le membre ${id} : chacun forme un cluster à lui seul, avec les données d'un démarrage d'avant la configuration`,
  );
}

function leaderTrouble(answered: readonly Answered[]): readonly Words[] {
  const clusters = new Set(answered.map(({ status }) => status.clusterId));
  if (clusters.size > 1) return [];
  const leaderless = answered.filter(({ status }) => status.leaderId === null).map(({ node }) => node.name);
  if (leaderless.length > 0) {
    const names = leaderless.join(', ');
    return [
      words(
        `${names}: no leader, because there is no majority or an election is going on`,
        `${names} : pas de leader, faute de majorité ou parce qu'une élection est en cours`,
      ),
    ];
  }
  const leaders = new Set(answered.map(({ status }) => status.leaderId));
  if (leaders.size === 1 && !answered.some(({ status }) => leaders.has(status.memberId))) {
    return [
      words(
        'the leader that they name is none of the members of this workshop',
        "le leader qu'ils nomment n'est aucun des membres de cet atelier",
      ),
    ];
  }
  return leaders.size > 1
    ? [
        words(
          'the members do not name the same leader: an election is going on',
          'les membres ne nomment pas le même leader : une élection est en cours',
        ),
      ]
    : [];
}
