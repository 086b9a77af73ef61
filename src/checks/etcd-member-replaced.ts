import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { etcdMembers, type EtcdMembership } from '../probes/etcd-members.ts';
import { nodeFile } from '../probes/node-file.ts';
import { seen } from '../probes/reach.ts';
import { askEveryMember, silencesOf, type MemberAnswer } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { notBegun } from './not-begun.ts';

interface Replacement {
  readonly rows: readonly MemberAnswer<EtcdMembership>[];
  /** Where the node's etcd is told to found a cluster; null: it isn't. */
  readonly newLine: number | null;
}

const environment = '/etc/default/etcd';

function lineWithNew(text: string): number | null {
  const line = text.split('\n').findLastIndex((one) => /^ETCD_INITIAL_CLUSTER_STATE=["']?new\b/.test(one));
  return line < 0 ? null : line + 1;
}

/** The node's member is another one than when the chapter began (its id says so), with a vote, and all members know it. */
export const etcdMemberReplaced = defineCheck({
  name: 'etcd-member-replaced',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const { nodes, groups } = setting.workshop;
    const members = nodes.filter(({ name }) => groups['etcd']?.includes(name));
    const own = checkedNode(setting).name;
    const [rows, file] = await Promise.all([
      askEveryMember(reach, members, etcdMembers),
      reach.observation.nodes.get(own) === 'running' ? nodeFile(reach, own, environment) : seen(null),
    ]);
    if (rows.kind === 'unseen') return rows;
    if (file.kind === 'unseen') return file;
    return seen<Replacement>({ rows: rows.value, newLine: lineWithNew(file.value?.text ?? '') });
  },

  judge({ rows, newLine }, setting): Judgement {
    const node = checkedNode(setting);
    const before = setting.start?.etcdMembers?.[node.name] ?? null;
    const expected = words(
      `${node.name} is a new member, no longer ${before ?? '?'}`,
      `${node.name} est un nouveau membre, et non plus ${before ?? '?'}`,
    );
    if (before === null) return notBegun(expected, setting);
    const own = rows.find((row) => row.node.name === node.name);
    const [silence] = silencesOf(rows);
    const foundsItself = newLine === null ? null : foundedAnew(rows, node, newLine);
    if (foundsItself !== null)
      return {
        verdict: 'fail',
        expected,
        seen: silence?.seen ?? words('another one', 'un autre'),
        cause: foundsItself,
      };
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

/** It was added and never came: with `new` it founds itself under its old id. etcd 3.4 then ends, 3.5 goes on alone. */
function foundedAnew(rows: Replacement['rows'], { name, address }: NodeDefinition, line: number): Words | null {
  const lists = rows.flatMap(({ answer }) => (answer.kind === 'answer' ? [answer.value.members] : []));
  const waiting = lists
    .flat()
    .some((member) => member.name === '' && member.peerUrls.some((url) => url.includes(address)));
  if (!waiting) return null;
  const at = `${environment}:${String(line)} \`ETCD_INITIAL_CLUSTER_STATE=new\``;
  return words(
    `${at}: ${name} was added to a cluster that exists; with "new" it starts under its old id, which was removed, and belongs to nobody. Stop it, empty its data directory, write "existing", start it`,
    `${at} : ${name} a été ajouté à un cluster qui existe ; avec « new », il démarre sous son ancien identifiant, qui a été retiré, et n'appartient à personne. Arrêtez-le, videz son répertoire de données, écrivez « existing », démarrez-le`,
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
      `${name} was added as ${added.id}, and runs as ${memberId}, which ${other} does not know`,
      `${name} a été ajouté comme ${added.id} et tourne comme ${memberId}, que ${other} ne connaît pas`,
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
