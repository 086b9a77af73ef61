import * as z from 'zod';
import { parametersPath, sectionAt, type Tree } from '../model/configuration-tree.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { observePatroniCluster } from '../probes/patroni.ts';
import { askPatroni } from '../probes/patroni-rest.ts';
import { postgresSettings, unknownParameters } from '../probes/postgres-settings.ts';
import { dynamicConfigurationOf } from '../workshop/dynamic-configuration.ts';
import { awaitLeader } from './await-leader.ts';
import { configurationPatch, containsConfiguration } from './contains-configuration.ts';
import { type ActionContext, defineAction } from './kind.ts';

/**
 * Patroni reads `bootstrap.dcs` once, when the cluster is born; what the file said wrong then is put right in etcd, and
 * members that have to restart for it are restarted. A parameter that PostgreSQL doesn't have, which Patroni leaves out, is
 * removed. What else etcd holds, a person or a later chapter has set: it stays.
 */
export const applyDynamicConfiguration = defineAction({
  name: 'apply-dynamic-configuration',
  schema: z.strictObject({ file: z.string() }),
  files: ({ file }) => [file],
  run: async (context, { file }) => {
    const wanted = await dynamicConfigurationOf(context, file);
    const { leader, live, unknown } = await leaderAndConfiguration(context);
    const patch = configurationPatch(live, wanted, unknown);
    if (patch === null) return;
    await request(context, leader, 'PATCH', '/config', patch);
    await restartWherePending(context, wanted);
  },
});

interface Leader {
  readonly leader: NodeName;
  /** GET /config. */
  readonly live: Tree;
  /** Parameters in it that PostgreSQL doesn't have. */
  readonly unknown: readonly string[];
}

/** A leader of whom the others still speak may be starting: it counts once it and its PostgreSQL answer themselves. */
async function leaderAndConfiguration(context: ActionContext): Promise<Leader> {
  const found: { it?: Leader } = {};
  await context.waitFor(words('the leader answers', 'le leader répond'), 60, async () => {
    const leader = await awaitLeader(context);
    const node = context.workshop.nodes.find(({ name }) => name === leader);
    if (node === undefined) return false;
    const reach = await context.look();
    const live = await askPatroni(reach, node, '/config', z.record(z.string(), z.unknown()));
    if (live.kind === 'unseen' || live.value.kind !== 'answer') return false;
    const settings = await postgresSettings(reach, node);
    if (settings.kind === 'unseen' || settings.value.kind !== 'answer') return false;
    const unknown = unknownParameters(sectionAt(live.value.value, parametersPath), settings.value.value);
    found.it = { leader, live: live.value.value, unknown };
    return true;
  });
  if (found.it === undefined) throw new Error('waited for the leader and came back without one');
  return found.it;
}

/** A replica may not have less than its leader: it restarts first, and each waits for the one before. */
async function restartWherePending(context: ActionContext, wanted: unknown): Promise<void> {
  const cluster = await observePatroniCluster(await context.look());
  const members = cluster.kind === 'seen' ? (cluster.value?.members ?? []) : [];
  const nodes = [...members].sort((one) => (one.role === 'leader' ? 1 : -1)).flatMap((member) => member.node ?? []);
  await settleAll(nodes.map((node) => takenBy(context, node, wanted)));
  for (const node of nodes) await attempt(context, node, 'POST', '/restart', { restart_pending: true });
}

/** Patroni writes the configuration that it works with beside the data, once it knows what has to restart for it. */
async function takenBy(context: ActionContext, node: NodeName, wanted: unknown): Promise<void> {
  const read = ['sh', '-c', 'cat /var/lib/postgresql/*/main/patroni.dynamic.json'];
  await context.waitFor(
    words(`${node} works with the new configuration`, `${node} applique la nouvelle configuration`),
    30,
    async () => {
      const kept = await context.attempt(node, read);
      return kept.exitStatus === 0 && containsConfiguration(JSON.parse(kept.stdout), wanted);
    },
  );
}

async function request(context: ActionContext, node: NodeName, method: string, path: string, body?: unknown) {
  return context.exec(node, curl(method, path, body, ['--fail']));
}

async function attempt(context: ActionContext, node: NodeName, method: string, path: string, body: unknown) {
  return context.attempt(node, curl(method, path, body, []));
}

function curl(method: string, path: string, body: unknown, more: readonly string[]): string[] {
  const data = body === undefined ? [] : ['--data', JSON.stringify(body)];
  return [
    'curl',
    '--silent',
    '--show-error',
    ...more,
    '--max-time',
    '60',
    '--request',
    method,
    ...data,
    `http://127.0.0.1:8008${path}`,
  ];
}
