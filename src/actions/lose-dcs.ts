import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type Words, words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { bringMembersBack, reviveInTheEnd, type WholeCluster } from './bring-members-back.ts';
import { bringEtcdBack } from './etcd-nodes.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { addNote, noteTextSchema, tableSchema } from './add-note.ts';
import { psqlInNode } from './psql-in-node.ts';

const schema = z.strictObject({
  table: tableSchema,
  /** Of the row that the leader takes without etcd: it expects failsafe_mode. */
  accepted: noteTextSchema.optional(),
  /** Of the row that it refuses; with `accepted`, once a replica's Patroni is stopped, too. */
  refused: noteTextSchema,
});

/** The retry_timeout and one more round, and then PostgreSQL's restart, on a busy machine. */
const demotionSeconds = 60;

/** Freezes a majority of the target, etcd's members, and sees what becomes of the leader. Then all is thawed. */
export const loseDcs = defineAction({
  name: 'lose-dcs',
  drill: true,
  schema,
  run: async (context, { table, accepted, refused }) => {
    await bringEtcdBack(context);
    const cluster = await bringMembersBack(context);
    const { leader } = cluster;
    const since = (await context.exec(leader.name, ['date', '+%s.%N'])).stdout.trim();
    const majority = context.nodes.slice(0, Math.floor(context.nodes.length / 2) + 1);
    const thawed = context.cleanUp(async (own) => {
      for (const { name } of majority) await own.startNode(name);
    });
    const membersBack = reviveInTheEnd(context, cluster.replicas);
    for (const { name } of majority) await context.freezeNode(name);
    if (accepted !== undefined) {
      await goesOn(context, leader, since);
      await mustAccept(context, leader, table, accepted);
      await loseReplica(context, cluster);
    }
    await becomesReadOnly(context, leader);
    await mustRefuse(context, leader, table, refused);
    await bringEtcdBack(context);
    thawed.forget();
    await bringMembersBack(context);
    membersBack.forget();
  },
});

/** Patroni has found out that etcd is gone, asked the others, and stays: both editions say it in these words. */
async function goesOn(context: ActionContext, { name }: NodeDefinition, since: string): Promise<void> {
  const ask = [
    'journalctl',
    '--quiet',
    '--unit=patroni',
    `--since=@${since}`,
    '--grep=because failsafe mode is enabled',
  ];
  await context.waitFor(
    words(`${name} goes on leading in failsafe mode`, `${name} continue à mener en mode failsafe`),
    demotionSeconds,
    async () => succeeded(await context.attempt(name, ask)),
  );
}

/** Its Patroni is stopped without waiting: without etcd that takes seconds, in which it no longer answers already. */
async function loseReplica(context: ActionContext, { replicas }: WholeCluster): Promise<void> {
  const [replica] = replicas;
  if (replica === undefined) throw failed(words('There is no replica to stop.', "Il n'y a pas de réplica à arrêter."));
  await context.exec(replica.name, ['systemctl', 'stop', '--no-block', 'patroni']);
}

async function becomesReadOnly(context: ActionContext, { name }: NodeDefinition): Promise<void> {
  const ask = 'select pg_is_in_recovery();\n';
  await context.waitFor(
    words(`${name} only reads any more`, `${name} ne fait plus que lire`),
    demotionSeconds,
    async () => (await psqlInNode(context, name, ask)).stdout.trim() === 't',
  );
}

async function mustAccept(context: ActionContext, { name }: NodeDefinition, table: string, note: string) {
  const answer = await addNote(context, name, { table, note });
  if (succeeded(answer)) return;
  throw failed(
    words(
      `In failsafe mode ${name} should have taken a write: ${answer.stderr.trim()}`,
      `En mode failsafe, ${name} aurait dû accepter une écriture : ${answer.stderr.trim()}`,
    ),
  );
}

async function mustRefuse(context: ActionContext, { name }: NodeDefinition, table: string, note: string) {
  const reads = await psqlInNode(context, name, `select count(*) from ${table};\n`);
  const answer = await addNote(context, name, { table, note });
  if (succeeded(reads) && answer.stderr.includes('read-only transaction')) return;
  throw failed(
    words(
      `Without etcd ${name} should read and refuse to write: ${reads.stderr.trim()} ${answer.stderr.trim()}`,
      `Sans etcd, ${name} devrait lire et refuser d'écrire : ${reads.stderr.trim()} ${answer.stderr.trim()}`,
    ),
  );
}

function failed(what: Words): LabError {
  return new LabError('dcs-loss-otherwise', what, { exit: exitStatus.failed });
}
