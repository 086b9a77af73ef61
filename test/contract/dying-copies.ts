// A lab that is killed in the middle of a copy or a replacement: HOME LAB WHERE FOLDER NODE…. Run as a process of its own.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { copiedNodes } from '../../src/provider/lxc/checkpoints/copy-record.ts';
import { createLxcNodeCopies } from '../../src/provider/lxc/checkpoints/create-lxc-node-copies.ts';
import { copyPlaces, draftOf } from '../../src/provider/lxc/checkpoints/places.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { type RunProgram } from '../../src/model/command.ts';
import { labName, nodeName } from '../../src/model/ids.ts';
import { runProgram } from '../../src/process/run-program.ts';
import { readFirstId } from '../../src/provider/lxc/host/id-range.ts';

const [home = '', lab = '', directory = '', where = '', folder = '', ...nodes] = process.argv.slice(2);

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

const run: RunProgram = async (argv, options) => {
  const result = runProgram(argv, options);
  if (argv[0] === 'lxc-stop' && where === 'killing') await result.then(die);
  return result;
};

/** Once something has been copied: what was left is part of the picture. */
function dieWhileCopying(): void {
  const { newNodes } = copyPlaces(home, labName(lab));
  const parents =
    where === 'copying' ? [copiedNodes(draftOf(folder))] : nodes.map((node) => join(newNodes, node, 'overlay'));
  const begun = parents.flatMap((parent) => entriesOf(parent).flatMap((entry) => entriesOf(join(parent, entry))));
  if (begun.length > 0) die();
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

if (where === 'copying' || where === 'draft') setInterval(dieWhileCopying, 1);

const copies = createLxcNodeCopies({
  run,
  home,
  lab: labName(lab),
  workshop: await loadWorkshop({ actionKinds, checkKinds }, directory),
  firstId: readFirstId,
});
const dieAt = (stage: string) => async () => {
  if (where === stage) die();
};
if (where === 'copying') await copies.copy(nodes.map(nodeName), folder);
else await copies.replace(folder, { beforeSwap: dieAt('before-swap'), afterSwap: dieAt('after-swap') });
