import { z } from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { toldCluster, type PatroniAnswer, type ToldCluster } from '../probes/patroni.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';

interface NodeView {
  readonly node: NodeDefinition;
  readonly answer: PatroniAnswer<ToldCluster>;
}

interface ClusterObservation {
  readonly views: readonly NodeView[];
  /** Looked for only when something is wrong. */
  readonly troubles: readonly PatroniTrouble[];
}

const schema = z.strictObject({ at_least: z.int().positive() });

/** Every Patroni that answers names the same leader, and at least so many members run and answer. */
export const patroniHasOneLeader = defineCheck({
  name: 'patroni-has-one-leader',
  scope: 'cluster',
  schema,
  withinSeconds: 60,

  async observe(reach, { nodes }, args) {
    const members = nodes.filter(({ member }) => member !== undefined);
    const views: NodeView[] = [];
    for (const [index, answer] of (await Promise.all(members.map((node) => toldCluster(reach, node)))).entries()) {
      const node = members[index];
      if (answer.kind === 'unseen') return answer;
      if (node !== undefined) views.push({ node, answer: answer.value });
    }
    if (problemsIn(views, args.at_least).length === 0) return seen<ClusterObservation>({ views, troubles: [] });
    const troubles = await lookForPatroniTroubles(reach, members);
    return troubles.kind === 'unseen' ? troubles : seen<ClusterObservation>({ views, troubles: troubles.value });
  },

  judge({ views, troubles }, setting, { at_least }): Judgement {
    const expected = words(
      `one leader, and at least ${at_least} member${at_least > 1 ? 's' : ''} running`,
      `un leader, et au moins ${at_least} membre${at_least > 1 ? 's' : ''} en marche`,
    );
    const problems = problemsIn(views, at_least);
    const best = answersOf(views).find(({ told }) => told.leader !== null) ?? answersOf(views)[0];
    const seen = best === undefined ? joinWords(views.map(({ node, answer }) => (answer.kind === 'answer' ? clusterWords(answer.value) : silentPatroni(answer, node))), ', ') : clusterWords(best.told);
    if (problems.length === 0) return { verdict: 'pass', expected, seen };
    const { cause, hint, final } = explain(views, troubles, setting);
    return {
      verdict: 'fail',
      expected,
      seen: joinWords([seen, ...problems], '; '),
      ...(cause === undefined ? {} : { cause }),
      ...(hint === undefined ? {} : { hint }),
      final,
    };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml list',
});

interface Answered {
  readonly node: NodeDefinition;
  readonly told: ToldCluster;
}

function answersOf(views: readonly NodeView[]): readonly Answered[] {
  return views.flatMap(({ node, answer }) => (answer.kind === 'answer' ? [{ node, told: answer.value }] : []));
}

/** Patroni 3.0 says running of a replica that streams, later ones say streaming. */
const fineStates = ['running', 'streaming'];

function problemsIn(views: readonly NodeView[], atLeast: number): readonly Words[] {
  const answers = answersOf(views);
  const leaders = new Set(answers.flatMap(({ told }) => told.leader ?? []));
  const blind = answers.filter(({ told }) => told.leader === null);
  const fine = Math.min(Infinity, ...answers.map(({ told }) => told.members.filter(({ state }) => fineStates.includes(state)).length));
  return [
    ...(answers.length < atLeast ? [words(`${answers.length} of ${atLeast} answer`, `${answers.length} sur ${atLeast} répondent`)] : []),
    ...(leaders.size > 1 ? [words(`two leaders: ${[...leaders].join(', ')}`, `deux leaders : ${[...leaders].join(', ')}`)] : []),
    ...(blind.length > 0 ? [words('no leader', 'pas de leader')] : []),
    ...(answers.length > 0 && fine < atLeast ? [words(`${fine} of ${atLeast} run`, `${fine} sur ${atLeast} en marche`)] : []),
  ];
}

function clusterWords({ members }: ToldCluster): Words {
  const all = members.map(({ name, role, state }) => `${name} ${role} ${state}`).join(', ');
  return all === '' ? words('no members', 'aucun membre') : words(all, all);
}

function explain(views: readonly NodeView[], troubles: readonly PatroniTrouble[], setting: CheckSetting): { readonly cause?: Words; readonly hint?: Words; readonly final: boolean } {
  const leaders = new Set(answersOf(views).flatMap(({ told }) => told.leader ?? []));
  const told = clusterTroubleWords(concerned(views, troubles), setting);
  if (leaders.size < 2) return told ?? { final: false };
  const apart = words(
    'the nodes do not see each other: they have different scopes, or different etcd clusters behind them',
    "les nœuds ne se voient pas : ils n'ont pas le même scope, ou pas le même etcd derrière eux",
  );
  return { cause: told === null ? apart : joinWords([apart, told.cause], '\n'), ...(told?.hint === undefined ? {} : { hint: told.hint }), final: false };
}

/** The nodes that are not fine; all of them when every one looks so. */
function concerned(views: readonly NodeView[], troubles: readonly PatroniTrouble[]): readonly PatroniTrouble[] {
  const fine = new Set(answersOf(views).flatMap(({ told }) => (told.leader === null ? [] : told.members.filter(({ state }) => fineStates.includes(state)).map(({ node }) => node))));
  const rest = troubles.filter(({ node }) => !fine.has(node.name));
  return rest.length === 0 ? troubles : rest;
}
