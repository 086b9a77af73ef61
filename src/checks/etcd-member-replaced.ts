import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { etcdMembers, type EtcdMembership } from '../probes/etcd-members.ts';
import { askEveryMember, silencesOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { notBegun } from './not-begun.ts';

/** The node's member is another one than when the chapter began (its id says so), with a vote, and all members know it. */
export const etcdMemberReplaced = defineCheck({
  name: 'etcd-member-replaced',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  observe: (reach, { workshop }) =>
    askEveryMember(
      reach,
      workshop.nodes.filter(({ name }) => workshop.groups['etcd']?.includes(name)),
      etcdMembers,
    ),

  judge(rows: readonly MemberAnswer<EtcdMembership>[], setting): Judgement {
    const node = checkedNode(setting);
    const before = setting.start?.etcdMembers?.[node.name] ?? null;
    const expected = words(
      `${node.name} is a new member, no longer ${before ?? '?'}`,
      `${node.name} est un nouveau membre, et non plus ${before ?? '?'}`,
    );
    if (before === null) return notBegun(expected, setting);
    const own = rows.find((row) => row.node.name === node.name);
    const [silence] = silencesOf(rows);
    if (own?.answer.kind !== 'answer')
      return { verdict: 'fail', expected, ...(silence ?? { seen: words('nothing', 'rien') }) };
    const { memberId } = own.answer.value;
    const causes = rows.flatMap(({ node: other, answer }) =>
      answer.kind === 'answer' && other.name !== node.name ? [trouble(node, memberId, other, answer.value)] : [],
    );
    const wrong = memberId === before && causes.every((cause) => cause === null) ? [notReplaced(node, before)] : [];
    const all = [...new Set([...causes.flatMap((cause) => cause ?? []), ...wrong])];
    if (all.length === 0 && silence === undefined) return { verdict: 'pass', expected, seen: verbatim(memberId) };
    return {
      verdict: 'fail',
      expected,
      seen: verbatim(memberId),
      cause: all[0] === undefined ? (silence?.cause ?? expected) : joinWords([all[0]], '\n'),
    };
  },

  command: () => 'etcdctl member list -w table',
});

function notReplaced({ name }: NodeDefinition, id: string): Words {
  return words(
    `${name} is still the member ${id} from before: its data was not lost, or came back`,
    `${name} est toujours le membre ${id} d'avant : ses données n'ont pas été perdues, ou sont revenues`,
  );
}

/** What another member's list says of it; null: nothing is wrong. */
function trouble(
  { name, address }: NodeDefinition,
  memberId: string,
  { name: other }: NodeDefinition,
  { members }: EtcdMembership,
): Words | null {
  const known = members.find(({ id }) => id === memberId);
  const added = members.find(({ peerUrls, id }) => id !== memberId && peerUrls.some((url) => url.includes(address)));
  if (known === undefined && added !== undefined)
    return words(
      `${name} was added as ${added.id}, and runs as ${memberId}, which ${other} does not know: with ETCD_INITIAL_CLUSTER_STATE=new it founded itself anew. Stop it, empty its data directory, set the state to existing, start it`,
      `${name} a été ajouté comme ${added.id} et tourne comme ${memberId}, que ${other} ne connaît pas : avec ETCD_INITIAL_CLUSTER_STATE=new, il s'est fondé lui-même à neuf. Arrêtez-le, videz son répertoire de données, mettez l'état à existing, démarrez-le`,
    );
  if (known === undefined)
    return words(
      `${other} does not know the member ${memberId}: it was removed, and not added again`,
      `${other} ne connaît pas le membre ${memberId} : il a été retiré, mais pas ajouté de nouveau`,
    );
  if (known.learner)
    return words(
      `${name} is a learner without a vote: \`etcdctl member promote ${known.id}\``,
      `${name} est un « learner », sans voix : \`etcdctl member promote ${known.id}\``,
    );
  return null;
}
