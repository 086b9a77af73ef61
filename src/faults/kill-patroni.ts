import { words } from '../model/words.ts';
import { type Fault, onlyNode } from './fault.ts';

/** In /run: a node that is started again has forgotten it. */
const dropIn = '/run/systemd/system/patroni.service.d/lab-fault.conf';

export const killPatroni: Fault = {
  name: 'kill-patroni',
  describe: words(
    'Only Patroni is killed (kill -9), and systemd is told not to start it again.',
    'Seul Patroni est tué (kill -9), et systemd reçoit la consigne de ne pas le relancer.',
  ),
  expect: words(
    'PostgreSQL stays alive and nobody watches it. Of a leader: after the ttl a replica is promoted while the old leader still takes writes, and these are lost when Patroni comes back and rewinds it.',
    "PostgreSQL reste en vie et plus personne ne le surveille. S'il s'agit du leader : après le ttl, un réplica est promu alors que l'ancien leader accepte toujours des écritures, et celles-ci sont perdues quand Patroni revient et le rembobine.",
  ),
  hits: 'patroni',
  inject: async (context, nodes) => {
    const { name } = onlyNode(nodes);
    // Debian's unit says Restart=on-failure: Patroni would be back in a tenth of a second.
    await context.exec(name, ['mkdir', '-p', dropIn.slice(0, dropIn.lastIndexOf('/'))]);
    await context.exec(name, ['tee', dropIn], { input: '[Service]\nRestart=no\n' });
    await context.exec(name, ['systemctl', 'daemon-reload']);
    await context.exec(name, ['systemctl', 'kill', '--kill-whom=main', '--signal=KILL', 'patroni']);
  },
  heal: async (context, nodes) => {
    const node = onlyNode(nodes);
    if ((await context.stateOf(node.name)) !== 'running') return;
    await context.exec(node.name, ['rm', '-f', dropIn]);
    await context.exec(node.name, ['systemctl', 'daemon-reload']);
    await context.startServices(node);
  },
};
