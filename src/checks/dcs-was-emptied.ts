import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { dcsPrefix } from '../probes/dcs.ts';
import { dcsEmptyings, type DcsEmptying } from '../probes/dcs-emptyings.ts';
import { seen } from '../probes/reach.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck } from './kind.ts';
import { notBegun } from './not-begun.ts';

type Past =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'no-etcd' }
  | { readonly kind: 'past'; readonly emptyings: readonly DcsEmptying[] };

/** Since the chapter began, Patroni's keys were deleted from etcd, while Patroni ran or was stopped everywhere, and came back. */
export const dcsWasEmptied = defineCheck({
  name: 'dcs-was-emptied',
  scope: 'cluster',
  schema: z.strictObject({ patroni: z.enum(['running', 'stopped']) }),
  withinSeconds: 20,
  tellsOfPast: true,

  async observe(reach, { start }) {
    const revision = start?.etcdRevision ?? null;
    if (revision === null) return seen<Past>({ kind: 'not-begun' });
    const past = await dcsEmptyings(reach, BigInt(revision));
    if (past.kind === 'unseen') return past;
    return seen<Past>(past.value === null ? { kind: 'no-etcd' } : { kind: 'past', emptyings: past.value });
  },

  judge(past, setting, { patroni }): Judgement {
    const how = howWords(patroni === 'running');
    const expected = words(`Patroni's keys were deleted ${how.en}`, `les clés de Patroni ont été supprimées ${how.fr}`);
    if (past.kind === 'not-begun') return notBegun(expected, setting);
    if (past.kind === 'no-etcd') return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const { emptyings } = past;
    const found = emptyingsWords(emptyings);
    const fitting = emptyings.filter(({ leader }) => (leader !== null) === (patroni === 'running'));
    const changed = fitting.find(({ identifierBefore, identifierAfter }) => identifierBefore !== identifierAfter);
    if (changed !== undefined) return { verdict: 'fail', expected, seen: found, cause: otherDatabase(changed) };
    if (fitting.length > 0) return { verdict: 'pass', expected, seen: found };
    return {
      verdict: 'fail',
      expected,
      seen: found,
      cause:
        emptyings.length > 0
          ? words(`they were deleted, but not ${how.en}`, `elles ont été supprimées, mais pas ${how.fr}`)
          : words(
              `the keys under ${dcsPrefix(setting.workshop)} have been there since the chapter began`,
              `les clés sous ${dcsPrefix(setting.workshop)} sont là depuis le début du chapitre`,
            ),
    };
  },

  command: ({ workshop }) => `etcdctl get ${dcsPrefix(workshop)}initialize -w json`,
});

function howWords(running: boolean): Words {
  return running
    ? words('while Patroni was at work', 'pendant que Patroni travaillait')
    : words('while Patroni was stopped on every node', 'pendant que Patroni était arrêté sur tous les nœuds');
}

function emptyingsWords(emptyings: readonly DcsEmptying[]): Words {
  if (emptyings.length === 0) return words('never', 'jamais');
  return joinWords(
    emptyings.toReversed().map(({ leader, identifierAfter }) => {
      const how = howWords(leader !== null);
      const came = identifierAfter ?? '?';
      return words(`${how.en}, and back with ${came}`, `${how.fr}, puis revenues avec ${came}`);
    }),
    '; ',
  );
}

function otherDatabase({ identifierBefore, identifierAfter }: DcsEmptying): Words {
  const [before, after] = [identifierBefore ?? '?', identifierAfter ?? '?'];
  return words(
    `what came back is another database: system identifier ${after} instead of ${before}`,
    `c'est une autre base qui est revenue : identifiant système ${after} au lieu de ${before}`,
  );
}
