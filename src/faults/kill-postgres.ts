import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

export const killPostgres: Fault = {
  name: 'kill-postgres',
  describe: words(
    "PostgreSQL's main process is killed (kill -9); Patroni stays.",
    'Le processus principal de PostgreSQL est tué (kill -9) ; Patroni reste.',
  ),
  expect: words(
    'Patroni notices in its next loop and starts PostgreSQL again in place: it recovers from its own WAL, on the same timeline, and normally there is no failover.',
    "Patroni s'en aperçoit à sa prochaine boucle et redémarre PostgreSQL sur place : il rejoue son propre WAL, sur la même timeline, et il n'y a normalement pas de bascule.",
  ),
  hits: 'patroni',
  again: true,
  inject: async (context, nodes) => {
    const { name } = onlyNode(nodes);
    // The main process is the oldest one: all others are its children.
    const found = await context.exec(name, ['pgrep', '--oldest', '--exact', '--euid', 'postgres', 'postgres']);
    await context.exec(name, ['kill', '-KILL', found.stdout.trim()]);
  },
  // Patroni brings it back; where Patroni itself was stopped meanwhile, that is started.
  heal: (context, nodes) => context.startServices(onlyNode(nodes)),
};
