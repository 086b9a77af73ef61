// A lab that is killed in the middle of a copy or a replacement: HOME LAB WHERE FOLDER NODE…. Run as a process of its own.

import { createLxcNodeCopies } from '../../src/provider/lxc/checkpoints/create-lxc-node-copies.ts';
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
  const copying = argv.includes('cp') && (where === 'copying' || where === 'draft');
  const result = runProgram(argv, options);
  // A moment later, so that cp has begun: what it left is part of the picture. Nothing comes after it.
  if (copying) await new Promise(() => setTimeout(die, 30));
  if (argv[0] === 'lxc-stop' && where === 'killing') await result.then(die);
  return result;
};

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
