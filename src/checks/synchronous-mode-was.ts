import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, type Words, words } from '../model/words.ts';
import { configurationsSince } from '../probes/dcs-configurations.ts';
import { dcsPrefix } from '../probes/dcs.ts';
import { seen } from '../probes/reach.ts';
import { type SynchronousConfiguration, synchronousSchema } from '../probes/synchronous-mode.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck } from './kind.ts';
import { notBegun } from './not-begun.ts';

type Past =
  | { readonly kind: 'not-begun' }
  | { readonly kind: 'no-etcd' }
  | { readonly kind: 'past'; readonly values: readonly SynchronousConfiguration[]; readonly complete: boolean };

/** At some time since the chapter began, Patroni replicated in this mode, to so many standbys: etcd remembers. */
export const synchronousModeWas = defineCheck({
  name: 'synchronous-mode-was',
  scope: 'cluster',
  // An edition may name the mode, so it is a string: off, on, strict, quorum.
  schema: z.strictObject({ mode: z.string(), standbys: z.int().positive() }),
  withinSeconds: 15,
  tellsOfPast: true,

  async observe(reach, { start }) {
    const revision = start?.etcdRevision ?? null;
    if (revision === null) return seen<Past>({ kind: 'not-begun' });
    const past = await configurationsSince(reach, BigInt(revision));
    if (past.kind === 'unseen') return past;
    if (past.value === null) return seen<Past>({ kind: 'no-etcd' });
    const read = synchronousSchema(reach);
    const values = past.value.values.flatMap((value) => read.safeParse(value).data ?? []);
    return seen<Past>({ kind: 'past', values, complete: past.value.complete });
  },

  judge(past, setting, { mode, standbys }): Judgement {
    const once = modeWords(mode, standbys);
    const expected = words(
      `since the chapter began, once ${once.en}`,
      `une fois depuis le début du chapitre, ${once.fr}`,
    );
    if (past.kind === 'not-begun') return notBegun(expected, setting);
    if (past.kind === 'no-etcd') return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const told = past.values.toReversed().map((value) => modeWords(value.mode, value.count ?? 1));
    const found = joinWords(
      told.filter(({ en }, index) => en !== told[index - 1]?.en),
      '; ',
    );
    if (past.values.some((value) => value.mode === mode && (value.count ?? 1) === standbys))
      return { verdict: 'pass', expected, seen: found };
    if (!past.complete) return { verdict: 'unknown', expected, seen: forgotten(found) };
    return {
      verdict: 'fail',
      expected,
      seen: found,
      cause: whyNever(past.values, standbys, `${dcsPrefix(setting.workshop)}config`),
    };
  },

  command: () => 'patronictl -c /etc/patroni/config.yml show-config',
});

function modeWords(mode: string, standbys: number): Words {
  if (mode === 'off') return words('asynchronous', 'asynchrone');
  return words(
    `synchronous_mode ${mode}, ${standbys} standby${standbys === 1 ? '' : 's'}`,
    `synchronous_mode ${mode}, ${standbys} standby${standbys > 1 ? 's' : ''}`,
  );
}

function forgotten(found: Words): Words {
  return words(
    `etcd does not remember the configuration as far back as the beginning of the chapter; it knows of: ${found.en}`,
    `etcd ne se souvient pas de la configuration jusqu'au début du chapitre ; il connaît : ${found.fr}`,
  );
}

function whyNever(values: readonly SynchronousConfiguration[], standbys: number, key: string): Words {
  const alone = values.find(({ mode, count }) => mode === 'off' && count === standbys);
  if (alone !== undefined)
    return words(
      `\`synchronous_node_count: ${standbys}\` was set without \`synchronous_mode\`, and has no effect alone`,
      `\`synchronous_node_count: ${standbys}\` a été réglé sans \`synchronous_mode\`, et n'a pas d'effet tout seul`,
    );
  return words(`${key} never said so since the chapter began`, `${key} ne l'a jamais dit depuis le début du chapitre`);
}
