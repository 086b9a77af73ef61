import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

export const stopPatroni: Fault = {
  name: 'stop-patroni',
  describe: words(
    'Patroni is stopped as an administrator would stop it; it stops its PostgreSQL cleanly first.',
    "Patroni est arrêté comme le ferait un administrateur ; il arrête d'abord proprement son PostgreSQL.",
  ),
  expect: words(
    'A leader gives its key back on the way out: a replica is promoted within about a second, nobody waits for the ttl.',
    'Un leader rend sa clé en partant : un réplica est promu en une seconde environ, sans attendre la fin du ttl.',
  ),
  hits: 'patroni',
  inject: async (context, nodes) => {
    await context.exec(onlyNode(nodes).name, ['systemctl', 'stop', 'patroni']);
  },
  heal: (context, nodes) => context.startServices(onlyNode(nodes)),
};
