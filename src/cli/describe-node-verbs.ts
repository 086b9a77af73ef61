// shell, exec and logs: a person's own commands in the nodes.

import { type Command } from 'commander';
import { words } from '../model/words.ts';
import type { ExecOptions } from './in-nodes.ts';
import { type Call, type Say } from './verb-call.ts';

export function addInNodes(program: Command, say: Say, call: Call): void {
  const node = say(words('a node: etcd1, pg-patroni1, p1 …', 'un nœud : etcd1, pg-patroni1, p1 …'));
  program
    .command('shell')
    .argument('[node]', node)
    .description(
      say(
        words(
          "a shell in a node; without one, a shell that sees the lab's network",
          'un shell dans un nœud ; sans nœud, un shell qui voit le réseau du lab',
        ),
      ),
    )
    .action((name: string | undefined, _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./in-nodes.ts')).shell, name),
    );
  program
    .command('exec')
    .argument('<node>', node)
    .argument(
      '<command...>',
      say(words('after --: lab exec etcd1 -- etcdctl member list', 'après -- : lab exec etcd1 -- etcdctl member list')),
    )
    .description(
      say(
        words(
          'run a command in a node, with its true exit status',
          'exécuter une commande dans un nœud, avec son vrai code de retour',
        ),
      ),
    )
    .option(
      '-i, --interactive',
      say(
        words(
          'with this terminal, for psql, vi and the like; without it, what is typed goes to the next command',
          'avec ce terminal, pour psql, vi et autres ; sans elle, ce qui est tapé va à la commande suivante',
        ),
      ),
    )
    .passThroughOptions(false)
    .action((name: string, argv: string[], options: ExecOptions, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./in-nodes.ts')).exec, name, argv, options),
    );
  addLogs(program, say, call, node);
}

function addLogs(program: Command, say: Say, call: Call, node: string): void {
  program
    .command('logs')
    .argument('<node>', node)
    .argument('[unit]', say(words('etcd, patroni …', 'etcd, patroni …')))
    .description(
      say(words('the journal of a node or of one of its units', "le journal d'un nœud ou d'une de ses unités")),
    )
    .option('-f, --follow', say(words('go on as lines come', 'continuer à mesure que les lignes arrivent')))
    .option('-n, --lines <count>', say(words('only the last lines', 'seulement les dernières lignes')))
    .option(
      '--raw',
      say(
        words(
          'on a terminal too, obey control characters instead of showing them (\\x1b); what is piped is always raw',
          'sur un terminal aussi, suivre les caractères de contrôle au lieu de les montrer (\\x1b) ; un tube reçoit toujours le texte brut',
        ),
      ),
    )
    .action(
      (
        name: string,
        unit: string | undefined,
        options: { follow?: boolean; lines?: string; raw?: boolean },
        command: Command,
      ) => call(command.optsWithGlobals(), async () => (await import('./in-nodes.ts')).logs, name, unit, options),
    );
}
