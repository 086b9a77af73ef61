import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words, type Words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';

const schema = z.strictObject({
  /** Of the row that a leader without etcd refused. */
  refused: z.string(),
  /** It had gone on in failsafe mode before. */
  failsafe: z.boolean().default(false),
});

interface MemberLog {
  readonly node: NodeDefinition;
  readonly lines: readonly JournalLine[];
}

const lastLines = 300;
const demotion = /Demoting self \(offline\)/;
const goesOn = /because failsafe mode is enabled/;
const promotion = /promoted self to leader/;

/**
 * A leader that lost etcd gave up its role and refused a write until etcd was back; its own journal keeps Patroni's words and
 * PostgreSQL's.
 */
export const leaderWasDemoted = defineCheck({
  name: 'leader-was-demoted',
  scope: 'cluster',
  schema,
  withinSeconds: 20,
  tellsOfPast: true,

  async observe(reach, { nodes }, { refused }) {
    const running = nodes.filter(
      ({ member, name }) => member !== undefined && reach.observation.nodes.get(name) === 'running',
    );
    const grep = `Demoting self \\(offline\\)|because failsafe mode is enabled|promoted self to leader|STATEMENT: .*${refused}`;
    const logs: MemberLog[] = [];
    for (const { node, lines } of await Promise.all(
      running.map(async (node) => ({
        node,
        lines: await journalLines(reach, node.name, { unit: 'patroni', grep, last: lastLines }),
      })),
    )) {
      if (lines.kind === 'unseen') return lines;
      logs.push({ node, lines: lines.value });
    }
    return seen<readonly MemberLog[]>(logs);
  },

  judge(logs, _setting, { refused, failsafe }): Judgement {
    const expected = failsafe
      ? words(
          'a leader without etcd went on in failsafe mode, then gave up and refused a write',
          'un leader sans etcd a continué en mode failsafe, puis a renoncé et refusé une écriture',
        )
      : words(
          'a leader without etcd gave up and refused a write',
          'un leader sans etcd a renoncé et refusé une écriture',
        );
    const who = logs.find(({ lines }) => refusals(lines, refused, failsafe).length > 0);
    if (who !== undefined) {
      const line = refusals(who.lines, refused, failsafe).at(-1);
      const when = new Date((line?.atUs ?? 0) / 1000).toISOString().slice(11, 19);
      const name = who.node.member ?? who.node.name;
      return { verdict: 'pass', expected, seen: words(`${name}, ${when} (UTC)`, `${name}, ${when} (UTC)`) };
    }
    return { verdict: 'fail', expected, ...whyNot(logs, refused, failsafe) };
  },

  command: () => "journalctl -u patroni -g 'Demoting self|failsafe mode|read-only transaction'",
});

/** The refused statements that came after a demotion and before the next promotion. */
function refusals(lines: readonly JournalLine[], refused: string, failsafe: boolean): readonly JournalLine[] {
  return lines.filter((line, index) => {
    if (!line.message.includes(refused)) return false;
    const before = lines.slice(0, index);
    const demotedAt = before.findLastIndex(({ message }) => demotion.test(message));
    if (demotedAt < 0 || before.slice(demotedAt).some(({ message }) => promotion.test(message))) return false;
    return !failsafe || wentOn(before.slice(0, demotedAt));
  });
}

/** The last that is told before the demotion is that it goes on. */
function wentOn(before: readonly JournalLine[]): boolean {
  const last = before.findLast(
    ({ message }) => demotion.test(message) || goesOn.test(message) || promotion.test(message),
  );
  return last !== undefined && goesOn.test(last.message);
}

function whyNot(
  logs: readonly MemberLog[],
  refused: string,
  failsafe: boolean,
): { readonly seen: Words; readonly cause: Words } {
  const lines = logs.flatMap((log) => log.lines);
  const has = (pattern: RegExp): boolean => lines.some(({ message }) => pattern.test(message));
  if (!has(demotion))
    return {
      seen: words('no leader gave up', "aucun leader n'a renoncé"),
      cause: words(
        'no leader has lost etcd so far: freeze two of its three members, and wait until the leader only reads',
        "aucun leader n'a encore perdu etcd : gelez deux de ses trois membres, et attendez que le leader ne fasse plus que lire",
      ),
    };
  if (!lines.some(({ message }) => message.includes(refused)))
    return {
      seen: words(
        'a leader gave up, and was not asked to write',
        "un leader a renoncé, et personne ne lui a demandé d'écrire",
      ),
      cause: words(
        `no member has refused the row "${refused}": insert it while the leader only reads`,
        `aucun membre n'a refusé la ligne « ${refused} » : insérez-la pendant que le leader ne fait que lire`,
      ),
    };
  if (failsafe && !has(goesOn))
    return {
      seen: words('no leader went on without etcd', "aucun leader n'a continué sans etcd"),
      cause: words(
        'the row was refused without failsafe mode: set failsafe_mode to true first',
        "la ligne a été refusée sans le mode failsafe : passez d'abord failsafe_mode à true",
      ),
    };
  return {
    seen: words(`"${refused}" was refused by a replica only`, `« ${refused} » n'a été refusée que par un réplica`),
    cause: words(
      'the row was not refused by the leader that had given up, or too early or too late: insert it on every member while etcd is lost',
      "ce n'est pas le leader ayant renoncé qui a refusé la ligne, ou c'était trop tôt ou trop tard : insérez-la sur chaque membre pendant qu'etcd est perdu",
    ),
  };
}
