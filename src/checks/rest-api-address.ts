import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { dcsContent, dcsPrefix, type DcsMember } from '../probes/dcs.ts';
import { memberAt, type MemberAtUrl } from '../probes/patroni-member.ts';
import { postgresState } from '../probes/postgres-state.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { nodeCalled } from './patroni-configuration/host-and-port.ts';
import {
  configurationFindings,
  lookForPatroniTrouble,
  patroniConfigurationPath,
  patroniTroubleWords,
  type PatroniTrouble,
} from './patroni-trouble.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';

interface AddressObservation {
  /** `undefined`: the member is not in etcd; null: etcd does not answer. */
  readonly member: DcsMember | null | undefined;
  /** Who answers at the address that the member has in etcd; null when there is no address to ask. */
  readonly answers: MemberAtUrl | null;
  /** When this node's PostgreSQL started: tells whether the one who answers is this node's. null: it doesn't answer. */
  readonly startedAt: number | null;
  readonly trouble: PatroniTrouble;
}

/** The address under which the member is known in etcd is the node's own, and whoever asks there from elsewhere gets this member. */
export const restApiAddress = defineCheck({
  name: 'rest-api-address',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [dcs, state, trouble] = await Promise.all([
      dcsContent(reach),
      postgresState(reach, node),
      lookForPatroniTrouble(reach, node),
    ]);
    if (dcs.kind === 'unseen') return dcs;
    if (state.kind === 'unseen') return state;
    if (trouble.kind === 'unseen') return trouble;
    const member = dcs.value === null ? null : dcs.value.members.find(({ name }) => name === node.member);
    const url = member?.apiUrl ?? null;
    const answers = url === null ? null : await memberAt(reach, url);
    if (answers?.kind === 'unseen') return answers;
    const startedAt = state.value.kind === 'answer' ? state.value.value.startedAt : null;
    return seen<AddressObservation>({ member, answers: answers?.value ?? null, startedAt, trouble: trouble.value });
  },

  judge({ member, answers, startedAt, trouble }, setting): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `${node.member ?? ''} is known at ${node.address}, and answers there`,
      `${node.member ?? ''} est connu à l'adresse ${node.address}, et y répond`,
    );
    if (member === null) return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const url = member?.apiUrl ?? null;
    if (url === null) {
      return {
        verdict: 'fail',
        expected,
        seen: words(`${node.member ?? ''} is not in etcd`, `${node.member ?? ''} n'est pas dans etcd`),
        ...patroniTroubleWords(trouble, setting),
      };
    }
    if (!isOwn(url, node, setting.workshop)) {
      return {
        verdict: 'fail',
        expected,
        seen: words(`etcd says ${url}`, `etcd dit ${url}`),
        ...whyNotOwn(url, trouble, setting),
      };
    }
    const stranger = strangerAt(url, answers, startedAt, node);
    if (stranger === null) return { verdict: 'pass', expected, seen: words(url, url) };
    return { verdict: 'fail', expected, seen: stranger, ...patroniTroubleWords(trouble, setting) };
  },

  command: ({ workshop }) => `etcdctl get --prefix ${dcsPrefix(workshop)}members/`,
});

function isOwn(url: string, node: NodeDefinition, workshop: Workshop): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : url;
  return nodeCalled(workshop, host)?.name === node.name;
}

/** Who is there instead; null when it is this member. */
function strangerAt(
  url: string,
  answers: MemberAtUrl | null,
  startedAt: number | null,
  node: NodeDefinition,
): Words | null {
  if (answers?.kind !== 'answer') return words(`nobody answers at ${url}`, `personne ne répond sur ${url}`);
  const { name, postmasterStartedAt } = answers.value;
  const other = name === null ? !sameInstant(postmasterStartedAt, startedAt) : name !== node.member;
  if (!other) return null;
  const who = name ?? '?';
  return words(`another member answers at ${url}: ${who}`, `un autre membre répond sur ${url} : ${who}`);
}

/** Patroni before 4.0 doesn't say who it is; when its PostgreSQL started is as good as a name. Milliseconds are lost on the way. */
function sameInstant(one: number | null, other: number | null): boolean {
  return one === null || other === null || Math.abs(one - other) < 0.01;
}

function whyNotOwn(
  url: string,
  trouble: PatroniTrouble,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint?: Words } {
  const addresses = configurationFindings(trouble, setting).filter(({ id }) => id.startsWith('restapi-'));
  if (addresses.length > 0) return findingWords(addresses, patroniConfigurationPath);
  const told = trouble.service?.unit.active === 'active' ? null : patroniTroubleWords(trouble, setting);
  if (told !== null) return told;
  return {
    cause: words(
      `Patroni has told etcd ${url}; \`restapi.connect_address\` in ${patroniConfigurationPath} is right now, so Patroni was started with an older file`,
      `Patroni a annoncé ${url} à etcd ; \`restapi.connect_address\` dans ${patroniConfigurationPath} est correct à présent : Patroni a été démarré avec un fichier plus ancien`,
    ),
    hint: words('Restart it: `systemctl restart patroni`', 'Redémarrez-le : `systemctl restart patroni`'),
  };
}
