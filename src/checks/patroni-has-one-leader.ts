import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { toldCluster, type ToldCluster } from '../probes/patroni.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { type PatroniAnswer } from '../probes/patroni-rest.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { findingTroubleWords, lookForPatroniTroubles, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPatroni } from './silent-patroni.ts';

interface NodeView {
  readonly node: NodeDefinition;
  readonly answer: PatroniAnswer<ToldCluster>;
  /** Its own word; null when it didn't say. */
  readonly leads: boolean | null;
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
    const looked = await Promise.all(members.map((node) => lookAt(reach, node)));
    const views: NodeView[] = [];
    for (const one of looked) {
      if (one.kind === 'unseen') return one;
      views.push(one.value);
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
    const seen =
      best === undefined
        ? joinWords(
            views.map(({ node, answer }) =>
              answer.kind === 'answer' ? clusterWords(answer.value) : silentPatroni(answer, node),
            ),
            ', ',
          )
        : clusterWords(best.told);
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

async function lookAt(reach: Reach, node: NodeDefinition): Promise<Observed<NodeView>> {
  const [answer, self] = await Promise.all([toldCluster(reach, node), memberOn(reach, node)]);
  if (answer.kind === 'unseen') return answer;
  if (self.kind === 'unseen') return self;
  return seen({ node, answer: answer.value, leads: self.value.kind === 'answer' ? self.value.value.leads : null });
}

interface Answered {
  readonly node: NodeDefinition;
  readonly told: ToldCluster;
  readonly leads: boolean | null;
}

function answersOf(views: readonly NodeView[]): readonly Answered[] {
  return views.flatMap(({ node, answer, leads }) =>
    answer.kind === 'answer' ? [{ node, told: answer.value, leads }] : [],
  );
}

/** Patroni 3.0 says running of a replica that streams, later ones say streaming. */
const fineStates = ['running', 'streaming'];

function problemsIn(views: readonly NodeView[], atLeast: number): readonly Words[] {
  const answers = answersOf(views);
  const leaders = new Set(answers.flatMap(({ told }) => told.leader ?? []));
  const blind = answers.filter(({ told }) => told.leader === null);
  const gaveUp = answers.filter(({ node, told, leads }) => told.leader === node.member && leads === false);
  const fine = Math.min(
    Infinity,
    ...answers.map(({ told }) => told.members.filter(({ state }) => fineStates.includes(state)).length),
  );
  return [
    ...(answers.length < atLeast
      ? [words(`${answers.length} of ${atLeast} answer`, `${answers.length} sur ${atLeast} répondent`)]
      : []),
    ...(leaders.size > 1
      ? [words(`two leaders: ${[...leaders].join(', ')}`, `deux leaders : ${[...leaders].join(', ')}`)]
      : []),
    ...(blind.length > 0 ? [words('no leader', 'pas de leader')] : []),
    ...gaveUp.map(({ told }) =>
      words(
        `${told.leader ?? ''} itself says that it no longer leads`,
        `${told.leader ?? ''} dit lui-même ne plus être le leader`,
      ),
    ),
    ...(answers.length > 0 && fine < atLeast
      ? [words(`${fine} of ${atLeast} run`, `${fine} sur ${atLeast} en marche`)]
      : []),
  ];
}

function clusterWords({ members }: ToldCluster): Words {
  const all = members.map(({ name, role, state }) => `${name} ${role} ${state}`).join(', ');
  return all === '' ? words('no members', 'aucun membre') : words(all, all);
}

interface Explanation {
  readonly cause?: Words;
  readonly hint?: Words;
  readonly final: boolean;
}

function explain(views: readonly NodeView[], troubles: readonly PatroniTrouble[], setting: CheckSetting): Explanation {
  const leaders = new Set(answersOf(views).flatMap(({ told }) => told.leader ?? []));
  if (leaders.size > 1) return apart(troubles, setting);
  return clusterTroubleWords(concerned(views, troubles), setting) ?? { final: false };
}

/** All of them run, so that their logs have nothing to say. */
function apart(troubles: readonly PatroniTrouble[], setting: CheckSetting): Explanation {
  const told = troubles.flatMap((trouble) => findingTroubleWords(trouble, setting) ?? []);
  const blind = words(
    'the nodes do not see each other: they have different scopes, or different etcd clusters behind them',
    "les nœuds ne se voient pas : ils n'ont pas le même scope, ou pas le même etcd derrière eux",
  );
  const cause = joinWords([blind, ...told.map((one) => one.cause)], '\n');
  return {
    cause,
    ...(told.length === 0
      ? {}
      : {
          hint: joinWords(
            told.map(({ hint }) => hint),
            '\n',
          ),
        }),
    final: false,
  };
}

/** The nodes that are not fine by their own word; all of them when every one looks so. */
function concerned(views: readonly NodeView[], troubles: readonly PatroniTrouble[]): readonly PatroniTrouble[] {
  const fine = new Set(
    answersOf(views)
      .filter(isFine)
      .map(({ node }) => node.name),
  );
  const rest = troubles.filter(({ node }) => !fine.has(node.name));
  return rest.length === 0 ? troubles : rest;
}

function isFine({ node, told, leads }: Answered): boolean {
  if (told.leader === null || (told.leader === node.member && leads === false)) return false;
  return told.members.some(({ name, state }) => name === node.member && fineStates.includes(state));
}
