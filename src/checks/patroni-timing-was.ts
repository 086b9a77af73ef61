import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { configurationsSince, type PastConfigurations } from '../probes/dcs-configurations.ts';
import { dcsPrefix } from '../probes/dcs.ts';
import { patroniTimingSchema, sameTiming, type PatroniTiming } from '../probes/patroni-timing.ts';
import { seen } from '../probes/reach.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck } from './kind.ts';
import { notBegun } from './not-begun.ts';
import { timingSchema, timingWords } from './timing-words.ts';

type Past =
  { readonly kind: 'not-begun' } | { readonly kind: 'no-etcd' } | ({ readonly kind: 'past' } & PastConfigurations);

/** At some time since the chapter began, the dynamic configuration had these values: etcd remembers. */
export const patroniTimingWas = defineCheck({
  name: 'patroni-timing-was',
  scope: 'cluster',
  schema: timingSchema,
  withinSeconds: 15,
  tellsOfPast: true,

  async observe(reach, { start }) {
    const revision = start?.etcdRevision ?? null;
    if (revision === null) return seen<Past>({ kind: 'not-begun' });
    const past = await configurationsSince(reach, BigInt(revision));
    if (past.kind === 'unseen') return past;
    return seen<Past>(past.value === null ? { kind: 'no-etcd' } : { kind: 'past', ...past.value });
  },

  judge(past, setting, timing): Judgement {
    const once = timingWords(timing);
    const expected = words(
      `since the chapter began, once ${once.en}`,
      `une fois depuis le début du chapitre, ${once.fr}`,
    );
    if (past.kind === 'not-begun') return notBegun(expected, setting);
    if (past.kind === 'no-etcd') return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const timings = distinct(past.values.flatMap((value) => patroniTimingSchema.safeParse(value).data ?? []));
    const found = seenWords(timings);
    if (timings.some((one) => sameTiming(one, timing))) return { verdict: 'pass', expected, seen: found };
    if (!past.complete) {
      return {
        verdict: 'unknown',
        expected,
        seen: words(
          `etcd does not remember the configuration as far back as the beginning of the chapter; it knows of: ${found.en}`,
          `etcd ne se souvient pas de la configuration jusqu'au début du chapitre ; il connaît : ${found.fr}`,
        ),
      };
    }
    return {
      verdict: 'fail',
      expected,
      seen: found,
      cause: words(
        `${dcsPrefix(setting.workshop)}config never had these values since the chapter began`,
        `${dcsPrefix(setting.workshop)}config n'a jamais eu ces valeurs depuis le début du chapitre`,
      ),
    };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});

function distinct(timings: readonly PatroniTiming[]): readonly PatroniTiming[] {
  return timings.filter((one, index) => timings.findIndex((other) => sameTiming(one, other)) === index);
}

/** Oldest first, as they followed one another. */
function seenWords(timings: readonly PatroniTiming[]): Words {
  if (timings.length === 0) return words('no configuration', 'aucune configuration');
  return joinWords(timings.toReversed().map(timingWords), '; ');
}
