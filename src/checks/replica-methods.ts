import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { nodeFile } from '../probes/node-file.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { askPatroni, type PatroniAnswer } from '../probes/patroni-rest.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { type Tree } from '../model/configuration-tree.ts';
import { defineCheck } from './kind.ts';
import { leaderNode } from './leader-answer.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { methodTrouble } from './pgbackrest/method-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';

const configuration = '/etc/patroni/config.yml';

interface MethodsObservation {
  readonly leader: NodeDefinition | null;
  readonly answer: PatroniAnswer<Tree> | null;
  /** Lines of nodes' own files that would count more than the dynamic configuration. */
  readonly own: readonly { readonly node: string; readonly line: number; readonly text: string }[];
  readonly troubles: readonly PatroniTrouble[];
}

/** Patroni makes replicas by these methods, in this order, on every member. */
export const replicaMethods = defineCheck({
  name: 'replica-methods',
  scope: 'cluster',
  schema: z.strictObject({ methods: z.array(z.string()).min(1), stanza: z.string() }),
  withinSeconds: 15,

  async observe(reach) {
    const leader = await leaderNode(reach);
    if (leader.kind === 'unseen') return leader;
    const tree = z.record(z.string(), z.unknown());
    const answer = leader.value === null ? null : await askPatroni(reach, leader.value, '/config', tree);
    if (answer?.kind === 'unseen') return answer;
    const nodes = patroniNodes(reach.workshop).filter(({ name }) => reach.observation.nodes.get(name) === 'running');
    const own: MethodsObservation['own'][number][] = [];
    for (const { name } of nodes) {
      const file = await nodeFile(reach, name, configuration);
      if (file.kind === 'unseen') return file;
      own.push(...ownLines(name, file.value?.text ?? ''));
    }
    const troubles = answer?.value.kind === 'answer' ? seen([]) : await lookForPatroniTroubles(reach, nodes);
    if (troubles.kind === 'unseen') return troubles;
    return seen<MethodsObservation>({
      leader: leader.value,
      answer: answer?.value ?? null,
      own,
      troubles: troubles.value,
    });
  },

  judge({ leader, answer, own, troubles }, setting, { methods, stanza }): Judgement {
    const expected = words(
      `replicas are made by ${methods.join(', then ')}`,
      `les réplicas sont créés par ${methods.join(', puis ')}`,
    );
    if (leader === null || answer?.kind !== 'answer') {
      const none = words('there is no leader', "il n'y a pas de leader");
      const silent =
        leader === null || answer === null || answer.kind === 'answer' ? none : silentPatroni(answer, leader);
      return { verdict: 'fail', expected, seen: silent, ...clusterTroubleWords(troubles, setting) };
    }
    const causes = [...methodTrouble(answer.value, methods, stanza), ...own.flatMap((line) => override(line, methods))];
    if (causes.length === 0) return { verdict: 'pass', expected, seen: words(methods.join(', '), methods.join(', ')) };
    return {
      verdict: 'fail',
      expected,
      seen: words('Patroni would do otherwise', 'Patroni ferait autrement'),
      cause: joinWords(causes, '\n'),
    };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});

function ownLines(node: string, text: string): MethodsObservation['own'] {
  return text.split('\n').flatMap((line, index) => {
    return /^\s*create_replica_methods?\s*:/.test(line) ? [{ node, line: index + 1, text: line.trim() }] : [];
  });
}

function override(
  { node, line, text }: MethodsObservation['own'][number],
  methods: readonly string[],
): readonly Words[] {
  const list = /\[(.*)\]/
    .exec(text)?.[1]
    ?.split(',')
    .map((one) => one.trim());
  if (list?.join() === methods.join()) return [];
  return [
    words(
      `line ${String(line)} of ${configuration} on ${node} counts more than etcd: \`${text}\``,
      `la ligne ${String(line)} de ${configuration} sur ${node} l'emporte sur etcd : \`${text}\``,
    ),
  ];
}
