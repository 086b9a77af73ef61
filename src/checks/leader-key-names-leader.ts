import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { dcsContent, dcsPrefix } from '../probes/dcs.ts';
import { postgresState } from '../probes/postgres-state.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck } from './kind.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';

interface KeyObservation {
  /** `no-etcd`: no etcd member answers with the agreement of the others. */
  readonly key: { readonly kind: 'no-etcd' } | { readonly kind: 'read'; readonly member: string | null };
  /** The nodes whose PostgreSQL says that it is not in recovery. */
  readonly writers: readonly NodeDefinition[];
  /** Looked for only when something is wrong. */
  readonly troubles: readonly PatroniTrouble[];
}

/** The leader key in etcd and PostgreSQL's own word for who takes writes agree. */
export const leaderKeyNamesLeader = defineCheck({
  name: 'leader-key-names-leader',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 30,

  async observe(reach, setting) {
    const dcs = await dcsContent(reach);
    if (dcs.kind === 'unseen') return dcs;
    // A member that a later chapter brought in may lead as well.
    const members = reach.workshop.nodes.filter(
      (node) =>
        node.member !== undefined && (setting.nodes.includes(node) || node.member === (dcs.value?.leader ?? null)),
    );
    const states = await Promise.all(members.map((node) => postgresState(reach, node)));
    const writers: NodeDefinition[] = [];
    for (const [index, state] of states.entries()) {
      const node = members[index];
      if (state.kind === 'unseen') return state;
      if (node !== undefined && state.value.kind === 'answer' && !state.value.value.inRecovery) writers.push(node);
    }
    const key: KeyObservation['key'] =
      dcs.value === null ? { kind: 'no-etcd' } : { kind: 'read', member: dcs.value.leader };
    if (key.kind === 'read' && agree(key.member, writers)) return seen<KeyObservation>({ key, writers, troubles: [] });
    const troubles = await lookForPatroniTroubles(reach, members);
    return troubles.kind === 'unseen' ? troubles : seen<KeyObservation>({ key, writers, troubles: troubles.value });
  },

  judge({ key, writers, troubles }, setting): Judgement {
    const path = `${dcsPrefix(setting.workshop)}leader`;
    const expected = words(
      `${path} names the PostgreSQL that takes writes`,
      `${path} nomme le PostgreSQL qui accepte les écritures`,
    );
    if (key.kind === 'no-etcd') return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const seen = words(
      `the key says ${key.member ?? 'nobody'}, ${writersWords(writers).en}`,
      `la clé dit ${key.member ?? 'personne'}, ${writersWords(writers).fr}`,
    );
    if (agree(key.member, writers)) return { verdict: 'pass', expected, seen };
    if (writers.length > 1) return { verdict: 'fail', expected, seen, cause: splitBrain(writers) };
    return { verdict: 'fail', expected, seen, ...clusterTroubleWords(troubles, setting) };
  },

  command: ({ workshop }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}leader`,
});

function agree(member: string | null, writers: readonly NodeDefinition[]): boolean {
  return member !== null && writers.length === 1 && writers[0]?.member === member;
}

function writersWords(writers: readonly NodeDefinition[]): Words {
  const names = writers.map(({ member, name }) => member ?? name).join(', ');
  return writers.length === 0
    ? words('nobody takes writes', "personne n'accepte d'écritures")
    : words(`writes are taken by ${names}`, `les écritures sont acceptées par ${names}`);
}

function splitBrain(writers: readonly NodeDefinition[]): Words {
  const names = writers.map(({ name }) => name).join(', ');
  return words(
    `more than one PostgreSQL takes writes (${names}): one of them runs without Patroni, beside a Patroni that hangs, or under another scope`,
    `plusieurs PostgreSQL acceptent des écritures (${names}) : l'un d'eux tourne sans Patroni, à côté d'un Patroni figé, ou sous un autre scope`,
  );
}
