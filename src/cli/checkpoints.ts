// save, restore and checkpoints.

import { findOwn, listOwn, parseCheckpointName, removeOwn, saveOwn } from '../checkpoints/own-checkpoints.ts';
import { labRestore, labSave } from '../engine/lab-save.ts';
import { exitStatus } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { askYesNo } from '../ui/ask-yes-no.ts';
import { formatBytes } from '../ui/format-quantity.ts';
import { renderCheckpoints } from '../ui/render-checkpoints.ts';
import { closing } from './closing.ts';
import { pageOf } from './page-of.ts';
import { readLab } from './read-lab.ts';
import { type Verb } from './services.ts';
import { withSession } from './with-session.ts';

export interface SaveOptions {
  readonly replace?: boolean;
}

export const save: Verb<[name: string, options: SaveOptions]> = async (world, invocation, name, options) => {
  parseCheckpointName(name);
  await readLab(world, invocation);
  const started = performance.now();
  const saved = await withSession(world, invocation, ({ session }) =>
    labSave(session, name, world.now(), (facts, copyInto) =>
      saveOwn(invocation, name, facts, copyInto, { replace: options.replace ?? false }),
    ),
  );
  const size = { en: formatBytes(saved.bytes, 'en'), fr: formatBytes(saved.bytes, 'fr') };
  const frozen = { en: saved.frozenSeconds.toFixed(1), fr: saved.frozenSeconds.toFixed(1).replace('.', ',') };
  closing(
    world,
    invocation,
    words(
      `Checkpoint ${name} is kept: ${size.en}; the nodes stood still for ${frozen.en} s.`,
      `Le point de reprise ${name} est conservé : ${size.fr} ; les nœuds sont restés immobiles ${frozen.fr} s.`,
    ),
    (performance.now() - started) / 1000,
    words(`Come back to it: lab restore ${name}`, `Pour y revenir : lab restore ${name}`),
  );
  return exitStatus.done;
};

export const restore: Verb<[name: string]> = async (world, invocation, name) => {
  await readLab(world, invocation);
  const checkpoint = await findOwn(invocation, name);
  const { lab } = invocation;
  const question = words(
    `Take lab ${lab} back to checkpoint ${name}? Everything done in its nodes since then is lost.`,
    `Ramener le lab ${lab} au point de reprise ${name} ? Tout ce qui a été fait dans ses nœuds depuis sera perdu.`,
  );
  if (!invocation.yes && !(await askYesNo(question, invocation.language))) return exitStatus.done;
  const started = performance.now();
  const results = await withSession(world, invocation, async ({ session, services }) => {
    for (const text of await services.prepareHost()) session.announce({ kind: 'notice', text });
    return labRestore(session, checkpoint);
  });
  const off = results.filter(({ verdict }) => verdict !== 'pass').length;
  closing(
    world,
    invocation,
    words(`Lab ${lab} is back at ${name}.`, `Le lab ${lab} est revenu à ${name}.`),
    (performance.now() - started) / 1000,
    off === 0
      ? words('What was done then holds. Look: lab status', 'Ce qui était fait tient toujours. À voir : lab status')
      : words(
          `${String(off)} checks of what was done then don't pass: lab verify`,
          `${String(off)} vérifications de ce qui était fait ne passent pas : lab verify`,
        ),
  );
  return exitStatus.done;
};

export interface CheckpointsOptions {
  readonly remove?: string;
}

export const checkpoints: Verb<[options: CheckpointsOptions]> = async (world, invocation, { remove }) => {
  const { workshop, edition, services } = await readLab(world, invocation);
  if (remove !== undefined) {
    // A wrong name is said before anything is locked.
    await findOwn(invocation, remove);
    await withSession(world, invocation, () => removeOwn(invocation, remove));
    closing(world, invocation, words(`Checkpoint ${remove} is gone.`, `Le point de reprise ${remove} est supprimé.`));
    return exitStatus.done;
  }
  const ends = await services.chapterEnds(workshop, edition.name).list();
  renderCheckpoints([...ends, ...(await listOwn(invocation))], pageOf(world, invocation));
  return exitStatus.done;
};
