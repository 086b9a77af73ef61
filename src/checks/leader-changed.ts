import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { changesWords, lossNames } from './leader-changes/change-words.ts';
import { leaderLosses } from './leader-changes/classify-loss.ts';
import { type LeaderChanges, observeLeaderChanges } from './leader-changes/observe-leader-changes.ts';
import { nodeStateWords } from './node-state-words.ts';
import { notBegun } from './not-begun.ts';

const schema = z.strictObject({
  how: z.enum(leaderLosses),
  /** The member that has to be the new leader. */
  to: z.string().optional(),
});
type Args = z.infer<typeof schema>;

/** Since the chapter began, a leader was lost in this way and another member took over. Patroni's history and the nodes' journals keep that. */
export const leaderChanged = defineCheck({
  name: 'leader-changed',
  scope: 'cluster',
  schema,
  withinSeconds: 30,
  tellsOfPast: true,

  observe: (reach, setting) => observeLeaderChanges(reach, setting),

  judge(observed: LeaderChanges, setting, args): Judgement {
    const expected = expectedWords(args);
    if (observed.kind === 'not-begun') return notBegun(expected, setting);
    if (observed.kind === 'no-patroni') {
      const seen = words('no Patroni answers', 'aucun Patroni ne répond');
      return { verdict: 'fail', expected, seen, ...clusterTroubleWords(observed.troubles, setting) };
    }
    const { changes } = observed;
    const seen = changesWords(changes);
    if (changes.some(({ how, to }) => how === args.how && (args.to === undefined || args.to === to)))
      return { verdict: 'pass', expected, seen };
    return { verdict: 'fail', expected, seen, cause: whyNot(observed, args) };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml history',
});

function expectedWords({ how, to }: Args): Words {
  const name = lossNames[how];
  const next = to === undefined ? words('another member', 'un autre membre') : words(to, to);
  return words(
    `since the chapter began ${next.en} took over from the leader after ${name.en}`,
    `depuis le début du chapitre, ${next.fr} a pris la suite du leader après ${name.fr}`,
  );
}

function whyNot({ changes, start, away }: Extract<LeaderChanges, { kind: 'changes' }>, { how, to }: Args): Words {
  const [gone] = away;
  if (gone !== undefined) {
    const state = nodeStateWords(gone.node.name, gone.state);
    return words(
      `${state.en}: what happened to it can be read once it runs again`,
      `${state.fr} : ce qui lui est arrivé pourra être lu quand il sera de nouveau en marche`,
    );
  }
  if (changes.length === 0) {
    const [leader, timeline] = [start.leader ?? '?', String(start.timeline)];
    return words(
      `${leader} led on timeline ${timeline} when the chapter began, and nobody has taken over since`,
      `${leader} menait sur la timeline ${timeline} au début du chapitre, et personne n'a pris la suite depuis`,
    );
  }
  const name = lossNames[how];
  const other = changes.some((change) => change.how === how);
  return other
    ? words(
        `${name.en} there was, but ${to ?? ''} did not take over`,
        `il y a eu ${name.fr}, mais ${to ?? ''} n'a pas pris la suite`,
      )
    : words(`none of these changes came after ${name.en}`, `aucun de ces changements n'a suivi ${name.fr}`);
}
