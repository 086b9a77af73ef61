import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { writerMoves, type WriterMove } from '../probes/client-ledger.ts';
import { seen } from '../probes/reach.ts';
import { clientLedgers, type FoundLedger } from './client-ledgers.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { changesWords, lossNames } from './leader-changes/change-words.ts';
import { leaderLosses } from './leader-changes/classify-loss.ts';
import {
  type LeaderChange,
  type LeaderChanges,
  observeLeaderChanges,
} from './leader-changes/observe-leader-changes.ts';
import { notBegun } from './not-begun.ts';
import { memberAt } from './proxy-serves.ts';

interface FollowedObservation {
  readonly ledgers: readonly FoundLedger[];
  readonly changes: LeaderChanges;
}

/** A client that wrote through HAProxy went with the lead, when it changed in this way, and read on meanwhile. */
export const clientFollowedLeader = defineCheck({
  name: 'client-followed-leader',
  scope: 'cluster',
  schema: z.strictObject({ how: z.enum(leaderLosses), folder: z.string().startsWith('/') }),
  withinSeconds: 30,
  tellsOfPast: true,

  async observe(reach, setting, { folder }) {
    const [ledgers, changes] = await Promise.all([
      clientLedgers(reach, setting, folder),
      observeLeaderChanges(reach, setting),
    ]);
    if (ledgers.kind === 'unseen') return ledgers;
    if (changes.kind === 'unseen') return changes;
    return seen<FollowedObservation>({ ledgers: ledgers.value, changes: changes.value });
  },

  judge({ ledgers, changes }, setting, { how, folder }): Judgement {
    const name = lossNames[how];
    const expected = words(
      `a client writes through HAProxy before and after ${name.en}`,
      `un client écrit à travers HAProxy avant et après ${name.fr}`,
    );
    if (changes.kind === 'not-begun') return notBegun(expected, setting);
    if (changes.kind === 'no-patroni') {
      const none = words('no Patroni answers', 'aucun Patroni ne répond');
      return { verdict: 'fail', expected, seen: none, ...clusterTroubleWords(changes.troubles, setting) };
    }
    const losses = changes.changes.filter((change) => change.how === how);
    for (const { node, ledger } of ledgers) {
      const move = writerMoves(ledger).find((one) => losses.some((loss) => within(loss, one)));
      if (move === undefined) continue;
      const from = memberAt(setting.workshop, move.from);
      const to = memberAt(setting.workshop, move.to);
      const reads = ledger.reads.filter(({ at, server }) => server !== null && at > move.lastAt && at < move.firstAt);
      const gap = (move.firstAt - move.lastAt).toFixed(1);
      return {
        verdict: 'pass',
        expected,
        seen: words(
          `on ${node}: ${from} → ${to}, ${gap} s without writes, ${String(reads.length)} reads meanwhile, ${String(ledger.cutAt.length)} open sessions cut`,
          `sur ${node} : ${from} → ${to}, ${gap} s sans écriture, ${String(reads.length)} lectures pendant ce temps, ${String(ledger.cutAt.length)} sessions ouvertes coupées`,
        ),
      };
    }
    if (losses.length === 0) {
      return {
        verdict: 'fail',
        expected,
        seen: changesWords(changes.changes),
        cause: words(
          `since the chapter began the lead has not changed by ${name.en}`,
          `depuis le début du chapitre, le leader n'a pas changé par ${name.fr}`,
        ),
      };
    }
    return {
      verdict: 'fail',
      expected,
      seen: words(`${String(ledgers.length)} ledgers in ${folder}`, `${String(ledgers.length)} relevés dans ${folder}`),
      cause: words(
        `no client was writing through HAProxy when the lead changed: start \`proxy-client ${folder}\` on a replica's node before, and end it after`,
        `aucun client n'écrivait à travers HAProxy au changement de leader : lancez \`proxy-client ${folder}\` sur le nœud d'un réplica avant, et arrêtez-le après`,
      ),
    };
  },

  command: (_setting, { folder }) => `awk '{ print $2 }' ${folder}/writes | uniq -c`,
});

/** A key that expires does so after the last write, and the promotion is before the first one. */
function within({ at }: LeaderChange, { lastAt, firstAt }: WriterMove): boolean {
  return at !== null && lastAt - 1 < at && at < firstAt + 1;
}
