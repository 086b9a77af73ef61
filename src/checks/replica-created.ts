import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { seen } from '../probes/reach.ts';
import { clusterTroubleWords } from './cluster-trouble-words.ts';
import { defineCheck } from './kind.ts';
import { lossNames } from './leader-changes/change-words.ts';
import { leaderLosses } from './leader-changes/classify-loss.ts';
import {
  observeLeaderChanges,
  type LeaderChange,
  type LeaderChanges,
} from './leader-changes/observe-leader-changes.ts';
import { notBegun } from './not-begun.ts';

const schema = z.strictObject({
  by: z.string(),
  /** The method that failed right before. */
  instead_of: z.string().optional(),
  /** The node had lost the lead in this way. */
  after: z.enum(leaderLosses).optional(),
});
type Args = z.infer<typeof schema>;

interface NodeLines {
  readonly node: NodeDefinition;
  readonly lines: readonly JournalLine[];
}

interface CreationObservation {
  readonly nodes: readonly NodeLines[];
  /** null: not asked for. */
  readonly changes: LeaderChanges | null;
}

// Patroni's words, the same in 3.0 and 4.0.
const said = 'replica has been created using |Error creating replica using method |failed to bootstrap from leader';

/** Patroni on some node made a replica by this method, and says so in its log. */
export const replicaCreated = defineCheck({
  name: 'replica-created',
  scope: 'cluster',
  schema,
  withinSeconds: 60,
  tellsOfPast: true,

  async observe(reach, setting, { after }) {
    const nodes: NodeLines[] = [];
    for (const node of setting.nodes.filter(({ member }) => member !== undefined)) {
      const lines = await journalLines(reach, node.name, { unit: 'patroni', grep: said, last: 50 });
      if (lines.kind === 'unseen') return lines;
      nodes.push({ node, lines: lines.value });
    }
    const changes = after === undefined ? null : await observeLeaderChanges(reach, setting);
    if (changes?.kind === 'unseen') return changes;
    return seen<CreationObservation>({ nodes, changes: changes?.value ?? null });
  },

  judge({ nodes, changes: observed }, setting, args): Judgement {
    const expected = expectedWords(args);
    if (observed?.kind === 'not-begun') return notBegun(expected, setting);
    if (observed?.kind === 'no-patroni') {
      const none = words('no Patroni answers', 'aucun Patroni ne répond');
      return { verdict: 'fail', expected, seen: none, ...clusterTroubleWords(observed.troubles, setting) };
    }
    const changes = observed?.changes ?? null;
    const found = nodes.flatMap((one) => creationsOn(one, args, changes)).at(-1);
    if (found !== undefined) return { verdict: 'pass', expected, seen: found };
    const last = nodes
      .flatMap(({ node, lines }) => lines.map((line) => ({ node, line })))
      .sort(byTime)
      .at(-1);
    if (last === undefined)
      return {
        verdict: 'fail',
        expected,
        seen: words('no replica was made', "aucun réplica n'a été créé"),
        cause: words(
          'no log of Patroni tells of a replica that was made',
          "aucune trace de Patroni ne parle d'un réplica créé",
        ),
      };
    const message = last.line.message.replace(/^\S+ \S+ [A-Z]+: /, '');
    return {
      verdict: 'fail',
      expected,
      seen: words(
        `the last word, on ${last.node.name}: ${message}`,
        `le dernier mot, sur ${last.node.name} : ${message}`,
      ),
      ...(args.after === undefined || (changes ?? []).some(({ how }) => how === args.after)
        ? {}
        : {
            cause: words(
              `no leader was lost by ${lossNames[args.after].en} since the chapter began`,
              `aucun leader n'a été perdu par ${lossNames[args.after].fr} depuis le début du chapitre`,
            ),
          }),
    };
  },

  command: () => "journalctl -u patroni -g 'replica has been created using|Error creating replica' -o short-iso",
});

function creationsOn(
  { node, lines }: NodeLines,
  args: Args,
  changes: readonly LeaderChange[] | null,
): readonly Words[] {
  return lines.flatMap((line, index) => {
    if (!line.message.includes(`replica has been created using ${args.by}`)) return [];
    const before = lines[index - 1]?.message ?? '';
    if (args.instead_of !== undefined && !before.includes(`Error creating replica using method ${args.instead_of}`))
      return [];
    const lost = (changes ?? []).some(
      ({ fromNode, how, at }) => fromNode?.name === node.name && how === args.after && (at ?? 0) * 1e6 < line.atUs,
    );
    if (changes !== null && !lost) return [];
    const when = new Date(line.atUs / 1000).toISOString().slice(11, 19);
    return [
      words(
        `${node.member ?? node.name} was created using ${args.by} at ${when} (UTC)`,
        `${node.member ?? node.name} a été créé par ${args.by} à ${when} (UTC)`,
      ),
    ];
  });
}

function expectedWords({ by, instead_of: instead, after }: Args): Words {
  if (after !== undefined)
    return words(
      `the leader lost by ${lossNames[after].en} came back using ${by}`,
      `le leader perdu par ${lossNames[after].fr} est revenu par ${by}`,
    );
  if (instead === undefined) return words(`a replica was created using ${by}`, `un réplica a été créé par ${by}`);
  return words(
    `a replica was created using ${by} after ${instead} had failed`,
    `un réplica a été créé par ${by} après l'échec de ${instead}`,
  );
}

function byTime(one: { readonly line: JournalLine }, other: { readonly line: JournalLine }): number {
  return one.line.atUs - other.line.atUs;
}
