import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { etcdMembers, type EtcdMember } from '../probes/etcd-members.ts';
import { askMember, silenceOf } from './ask-member.ts';
import { checkedNode } from './checked-node.ts';
import { meaningOf, parseEtcdUrl } from './etcd-configuration/etcd-url.ts';
import { defineCheck } from './kind.ts';

/** This member lists the nodes of the target as members, at their addresses, and nobody else. */
export const etcdMembersAgree = defineCheck({
  name: 'etcd-members-agree',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 20,

  observe: (reach, setting) => askMember(reach, checkedNode(setting), setting.nodes, etcdMembers),

  judge(asked, setting): Judgement {
    const node = checkedNode(setting);
    const list = setting.nodes.map(({ name }) => name).join(', ');
    const expected = words(`${node.name} lists ${list}`, `${node.name} connaît ${list}`);
    const silence = silenceOf(asked);
    if (silence !== null) return { verdict: 'fail', expected, ...silence };
    const members = asked.answer.kind === 'answer' ? asked.answer.value.members : [];
    const shown = verbatim(members.map(memberText).join(', '));
    const causes = membershipTrouble(members, node, setting.nodes);
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
  },

  command: () => 'etcdctl member list -w table',
});

function memberText({ id, name, peerUrls }: EtcdMember): string {
  return `${name === '' ? id : name} (${peerUrls.join(', ')})`;
}

function membershipTrouble(
  members: readonly EtcdMember[],
  node: NodeDefinition,
  nodes: readonly NodeDefinition[],
): readonly Words[] {
  if (members.length === 1 && nodes.length > 1) return [alone(node)];
  const missing = nodes.filter(
    ({ name }) => !members.some((member) => member.name === name || (member.name === '' && isAt(member, name, nodes))),
  );
  return [
    ...(missing.length === 0 ? [] : [absent(missing)]),
    ...members.flatMap((member) => memberTrouble(member, nodes)),
  ];
}

function memberTrouble(member: EtcdMember, nodes: readonly NodeDefinition[]): readonly Words[] {
  const node = nodes.find(({ name }) => name === member.name);
  const urls = member.peerUrls.join(', ');
  if (member.name === '') {
    return [
      words(
        `the member ${member.id} (${urls}) was added, but has not been started yet`,
        `le membre ${member.id} (${urls}) a été ajouté, mais pas encore démarré`,
      ),
    ];
  }
  if (node === undefined) {
    return [
      words(
        `${member.name} (${urls}) is a member and should not be: \`etcdctl member remove ${member.id}\``,
        `${member.name} (${urls}) est membre et ne devrait pas l'être : \`etcdctl member remove ${member.id}\``,
      ),
    ];
  }
  const wrong = isAt(member, node.name, nodes)
    ? []
    : [
        words(
          `${member.name} is listed at ${urls}; its address is ${node.address}`,
          `${member.name} est annoncé sur ${urls} ; son adresse est ${node.address}`,
        ),
      ];
  const learner = member.learner
    ? [
        words(
          `${member.name} is a learner without a vote: \`etcdctl member promote ${member.id}\``,
          `${member.name} est un « learner », sans voix : \`etcdctl member promote ${member.id}\``,
        ),
      ]
    : [];
  return [...wrong, ...learner];
}

function isAt(member: EtcdMember, name: string, nodes: readonly NodeDefinition[]): boolean {
  return (
    member.peerUrls.length > 0 &&
    member.peerUrls.every((text) => {
      const meaning = meaningOf(parseEtcdUrl(text)?.host ?? '', nodes);
      return meaning.kind === 'node' && meaning.node.name === name;
    })
  );
}

function alone(node: NodeDefinition): Words {
  return words(
    `etcd on ${node.name} is a cluster of its own: it was started before it was configured, or its list of members was not read. Stop it, empty its data directory, and start it with the others`,
    `etcd sur ${node.name} forme un cluster à lui seul : il a été démarré avant d'être configuré, ou sa liste de membres n'a pas été lue. Arrêtez-le, videz son répertoire de données, et démarrez-le avec les autres`,
  );
}

function absent(missing: readonly NodeDefinition[]): Words {
  const names = missing.map(({ name }) => name).join(', ');
  return words(
    `${names} missing: the cluster was formed with a list of members (initial cluster) without ${missing.length === 1 ? 'it' : 'them'}`,
    `il manque ${names} : le cluster a été formé avec une liste de membres (initial cluster) incomplète`,
  );
}
