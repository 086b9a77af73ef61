import { labDestroy, labDown } from '../engine/lab-down.ts';
import { exitStatus } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { askYesNo } from '../ui/ask-yes-no.ts';
import { closing } from './closing.ts';
import { readLab } from './read-lab.ts';
import { removeLabFolder, removeLeftovers } from './remove-lab-folder.ts';
import { type Verb } from './services.ts';
import { withSession } from './with-session.ts';

export const down: Verb<[]> = async (world, invocation) => {
  const started = performance.now();
  await readLab(world, invocation);
  await withSession(world, invocation, ({ session }) => labDown(session));
  const { lab } = invocation;
  closing(
    world,
    invocation,
    words(`Lab ${lab} is stopped; everything is kept.`, `Le lab ${lab} est arrêté ; tout est conservé.`),
    (performance.now() - started) / 1000,
    words('Start it again: lab up', 'Pour le remettre en marche : lab up'),
  );
  return exitStatus.done;
};

export const destroy: Verb<[]> = async (world, invocation) => {
  await removeLeftovers(invocation.home);
  await readLab(world, invocation);
  const { lab } = invocation;
  const question = words(
    `Remove lab ${lab}: its nodes, its network, its journal and its own checkpoints?`,
    `Supprimer le lab ${lab} : ses nœuds, son réseau, son journal et ses propres points de reprise ?`,
  );
  if (!invocation.yes && !(await askYesNo(question, invocation.language))) return exitStatus.done;
  const started = performance.now();
  await withSession(world, invocation, async ({ session }) => {
    await labDestroy(session);
    await removeLabFolder(invocation.home, lab);
  });
  closing(
    world,
    invocation,
    words(`Lab ${lab} is gone.`, `Le lab ${lab} est supprimé.`),
    (performance.now() - started) / 1000,
  );
  return exitStatus.done;
};
