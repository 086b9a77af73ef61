import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorkshop } from '../build/workshop.ts';
import { fakeNodeCopies } from '../fakes/fake-node-copies.ts';
import { fakeMachine, fakeProvider } from '../fakes/fake-provider.ts';
import { type CutOff, nodeCopiesContract } from './node-copies-contract.ts';

/** Which effect of the fake never happens. */
const effectCutOff: Readonly<Record<CutOff, number>> = {
  copying: 3,
  draft: 2,
  'before-swap': 2,
  killing: 3,
  'between-renames': 4,
  'after-swap': 5,
};

class PlugPulled extends Error {}

nodeCopiesContract('in memory', async () => {
  const workshop = testWorkshop();
  const home = await mkdtemp(join(tmpdir(), 'lab-copies-'));
  const machine = fakeMachine();
  const other = fakeMachine();
  const { nodes } = workshop;
  return {
    workshop,
    provider: fakeProvider(machine, workshop),
    copies: fakeNodeCopies(machine),
    otherLab: { provider: fakeProvider(other, workshop), copies: fakeNodeCopies(other) },
    folder: (name) => join(home, name),
    cutOff: async (where, folder) => {
      let left = effectCutOff[where];
      const dying = fakeNodeCopies(machine, () => {
        if (--left === 0) throw new PlugPulled();
      });
      const names = nodes.map(({ name }) => name);
      const work = where === 'copying' ? dying.copy(names, folder) : dying.replace(folder);
      const died = await work.then(
        () => false,
        (error: unknown) => error instanceof PlugPulled,
      );
      if (!died) throw new Error(`it came to its end in spite of ${where}`);
    },
    close: () => rm(home, { recursive: true }),
  };
});
