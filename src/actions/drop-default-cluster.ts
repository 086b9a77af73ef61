import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { unseenData, wouldLose } from './would-lose.ts';

/** Debian's package makes a cluster `main` on 5432; Patroni makes its own. */
export const dropDefaultCluster = defineAction({
  name: 'drop-default-cluster',
  removes: ['database'],
  furnishes: true,
  schema: z.strictObject({}),
  run: async (context) => {
    await settleAll(context.nodes.map((node) => dropClusters(context, node.name)));
  },
});

async function dropClusters(context: ActionContext, node: NodeName): Promise<void> {
  const listed = await context.exec(node, ['pg_lsclusters', '--no-header']);
  for (const line of listed.stdout.trim().split('\n')) {
    const [version, name, , , , directory] = line.split(/\s+/);
    if (version === undefined || name === undefined || directory === undefined) continue;
    switch (await contentOf(context, node, directory)) {
      case 'patroni':
        // Patroni uses Debian's own data directory: once it has, only the Debian configuration beside it may go.
        await context.exec(node, ['rm', '-rf', '--', `/etc/postgresql/${version}/${name}`]);
        break;
      case 'empty':
        await context.exec(node, ['pg_dropcluster', '--stop', version, name]);
        break;
      case 'rows':
        throw notEmpty(node, version, name);
    }
  }
}

// What initdb makes has numbers below 16384 (FirstNormalObjectId); a database or a table of somebody's own has not.
export const contentScript = `test -e "$1/patroni.dynamic.json" && { echo patroni; exit; }
if systemctl is-active --quiet patroni && grep -qsF -- "$1" /etc/patroni/config.yml; then echo rows; exit; fi
test -e "$1" || { echo empty; exit; }
set -e
numbers=$(find "$1/base" "$1/pg_tblspc" -mindepth 1 -maxdepth 2 -printf '%f\\n')
printf '%s\\n' "$numbers" | awk -F'[_.]' '/^[0-9]+/ && $1 >= 16384 { found = 1 } END { print found ? "rows" : "empty" }'`;

async function contentOf(context: ActionContext, node: NodeName, directory: string): Promise<string> {
  const told = await context.attempt(node, ['sh', '-c', contentScript, 'content', directory]);
  const said = told.stdout.trim();
  if (succeeded(told) && ['patroni', 'empty', 'rows'].includes(said)) return said;
  throw unseenData(node, words(`${directory} holds rows`, `${directory} contient des lignes`), told.stderr);
}

function notEmpty(node: NodeName, version: string, name: string) {
  return wouldLose(
    'cluster-not-empty',
    words(
      `Debian's cluster ${version}/${name} on ${node} holds tables or databases that somebody made.`,
      `Le cluster Debian ${version}/${name} sur ${node} contient des tables ou des bases que quelqu'un a créées.`,
    ),
    words(
      `Save what you need of it (pg_dumpall), then on ${node}: sudo pg_dropcluster --stop ${version} ${name}`,
      `Sauvegardez ce qu'il vous en faut (pg_dumpall), puis sur ${node} : sudo pg_dropcluster --stop ${version} ${name}`,
    ),
  );
}
