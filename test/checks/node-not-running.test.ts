import { expect, test } from 'vitest';
import { runCheck } from '../../src/checks/run-check.ts';
import { nodeName } from '../../src/model/ids.ts';
import { createReach } from '../../src/probes/create-reach.ts';
import { testCheckKinds, testWorkshop } from '../build/workshop.ts';

const a = nodeName('a');

async function hint(faulted: readonly string[]): Promise<string | undefined> {
  const workshop = testWorkshop();
  const [chapter] = workshop.chapters;
  const [edition] = workshop.editions;
  const step = chapter?.steps[0];
  const check = step?.checks[0];
  if (chapter === undefined || edition === undefined || step === undefined || check === undefined)
    throw new Error('the test workshop has a check');
  const provider = {
    exec: () => Promise.reject(new Error('asked')),
    execOnNetwork: () => Promise.reject(new Error('asked')),
  };
  const deps = { workshop, edition, provider, chapterStarts: new Map(), faulted: new Set(faulted.map(nodeName)) };
  const reach = createReach(deps, { network: 'present', nodes: new Map([[a, 'frozen']]) });
  const [outcome] = await runCheck(reach, testCheckKinds, { chapter, step, check });
  return outcome?.result.hint?.en;
}

test("a node that a fault of lab's own froze comes back with lab heal, which does not do the chapter as well", async () => {
  expect(await hint(['a'])).toContain('lab heal');
  expect(await hint(['b'])).toContain('lab up');
});
