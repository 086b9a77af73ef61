import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { dcsContent, dcsPrefix } from '../probes/dcs.ts';
import { lookInNode } from '../probes/look-in-node.ts';
import { seen } from '../probes/reach.ts';
import { etcdDoesNotAnswer } from './etcd-does-not-answer.ts';
import { defineCheck } from './kind.ts';

interface Identifiers {
  readonly etcdAnswers: boolean;
  /** The key `/initialize`; null: it isn't there. */
  readonly initialize: string | null;
  /** Of each member's data on disk; null where there is none. */
  readonly members: readonly { readonly node: NodeDefinition; readonly identifier: string | null }[];
}

/** PostgreSQL need not run: it is read from the disk, with whatever version is there. */
const script =
  'exec "$(ls -d /usr/lib/postgresql/*/bin/pg_controldata | tail -n 1)" "$(ls -d /var/lib/postgresql/*/main | tail -n 1)"';

/** etcd and every member's data name one database, and it is the one from before the chapter. */
export const systemIdentifierKept = defineCheck({
  name: 'system-identifier-kept',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 20,

  async observe(reach, { nodes }) {
    const running = nodes.filter(
      ({ member, name }) => member !== undefined && reach.observation.nodes.get(name) === 'running',
    );
    const [content, ...looks] = await Promise.all([
      dcsContent(reach),
      ...running.map(async (node) => ({ node, looked: await lookInNode(reach, node.name, ['sh', '-c', script]) })),
    ]);
    if (content.kind === 'unseen') return content;
    const members: Identifiers['members'][number][] = [];
    for (const { node, looked } of looks) {
      if (looked.kind === 'unseen') return looked;
      members.push({ node, identifier: /system identifier:\s*(\d+)/.exec(looked.value.stdout)?.[1] ?? null });
    }
    const initialize = content.value?.initialize ?? null;
    return seen<Identifiers>({ etcdAnswers: content.value !== null, initialize, members });
  },

  judge({ etcdAnswers, initialize, members }, setting): Judgement {
    const before = setting.start?.systemIdentifier ?? null;
    const expected =
      before === null
        ? words('one system identifier everywhere', 'un seul identifiant système partout')
        : words(`the system identifier ${before} everywhere`, `l'identifiant système ${before} partout`);
    if (!etcdAnswers) return { verdict: 'fail', expected, ...etcdDoesNotAnswer };
    const wanted = before ?? initialize;
    const shown = verbatim(
      [
        `initialize: ${initialize ?? '–'}`,
        ...members.map(({ node, identifier }) => `${node.member ?? node.name}: ${identifier ?? '–'}`),
      ].join(', '),
    );
    const causes = [
      ...initializeTrouble(initialize, wanted, `${dcsPrefix(setting.workshop)}initialize`),
      ...members.flatMap(({ node, identifier }) => memberTrouble(node, identifier, wanted)),
    ];
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n') };
  },

  command: ({ workshop }) => `etcdctl get --print-value-only ${dcsPrefix(workshop)}initialize`,
});

function initializeTrouble(initialize: string | null, wanted: string | null, key: string): readonly Words[] {
  if (initialize === null)
    return [
      words(
        `the key ${key} is missing in etcd: no Patroni with data has been started since it was deleted`,
        `la clé ${key} manque dans etcd : aucun Patroni ayant des données n'a été démarré depuis sa suppression`,
      ),
    ];
  if (initialize === wanted) return [];
  return [
    words(
      `the key ${key} names another database, ${initialize}: a member without data founded a new cluster, or somebody wrote it by hand; members with the old data end with "system ID mismatch"`,
      `la clé ${key} désigne une autre base, ${initialize} : un membre sans données a fondé un nouveau cluster, ou quelqu'un l'a écrite à la main ; les membres qui ont les anciennes données s'arrêtent avec « system ID mismatch »`,
    ),
  ];
}

function memberTrouble(node: NodeDefinition, identifier: string | null, wanted: string | null): readonly Words[] {
  if (identifier === wanted) return [];
  const who = `${node.member ?? node.name} (${node.name})`;
  if (identifier === null)
    return [words(`${who} has no database on its disk`, `${who} n'a pas de base de données sur son disque`)];
  return [
    words(
      `${who} holds another database, ${identifier}: two system identifiers in one cluster`,
      `${who} contient une autre base, ${identifier} : deux identifiants système dans un même cluster`,
    ),
  ];
}
