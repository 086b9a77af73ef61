// lab fault and lab heal.

import { healFaults, injectFault, requireHit } from '../engine/lab-fault.ts';
import { type Fault } from '../faults/fault.ts';
import { faults } from '../faults/registry.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { joinWords, words } from '../model/words.ts';
import { renderFaults } from '../ui/render-faults.ts';
import { findNode } from '../workshop/find-node.ts';
import { unknownName } from '../workshop/unknown-name.ts';
import { closing } from './closing.ts';
import { type FaultValues, parseFaultOptions } from './fault-options.ts';
import { pageOf } from './page-of.ts';
import { readLab } from './read-lab.ts';
import { type Verb } from './services.ts';
import { withSession } from './with-session.ts';

export const fault: Verb<[name: string | undefined, nodes: readonly string[], values: FaultValues]> = async (
  world,
  invocation,
  name,
  nodes,
  values,
) => {
  if (name === undefined) {
    renderFaults(faults, pageOf(world, invocation));
    return exitStatus.done;
  }
  // A wrong word is said before anything is locked or written.
  const wanted = findFault(name);
  const options = parseFaultOptions(wanted, values);
  const { workshop } = await readLab(world, invocation);
  const hit = findHit(workshop, wanted, nodes);
  const started = performance.now();
  const outcome = await withSession(world, invocation, ({ session }) => injectFault(session, wanted, hit, options));
  const where = outcome.nodes.map((node) => node.name).join(' – ');
  const leader = nodes.length === 0 ? words(', the leader', ', le leader') : words('', '');
  const what = outcome.already
    ? words(`${wanted.name} is injected on ${where} already.`, `${wanted.name} est déjà injectée sur ${where}.`)
    : words(
        `${wanted.name} hits ${where}${leader.en}. ${wanted.expect.en}`,
        `${wanted.name} frappe ${where}${leader.fr}. ${wanted.expect.fr}`,
      );
  const next = words(
    'Watch it: lab status --watch · lab logs NODE. Remove it: lab heal',
    'À observer : lab status --watch · lab logs NŒUD. Pour la retirer : lab heal',
  );
  closing(world, invocation, what, (performance.now() - started) / 1000, next);
  return exitStatus.done;
};

export const heal: Verb<[]> = async (world, invocation) => {
  await readLab(world, invocation);
  const started = performance.now();
  const healed = await withSession(world, invocation, ({ session }) => healFaults(session));
  const list = healed.map((one) => `${one.fault} (${one.nodes.join(' – ')})`).join(', ');
  const what =
    healed.length === 0
      ? words('No fault is injected: nothing to heal.', "Aucune panne n'est injectée : rien à réparer.")
      : words(`Healed: ${list}.`, `Réparé : ${list}.`);
  const next = words('See it: lab status · lab verify', 'À voir : lab status · lab verify');
  closing(world, invocation, what, (performance.now() - started) / 1000, next);
  return exitStatus.done;
};

function findFault(text: string): Fault {
  const found = faults.find(({ name }) => name === text);
  if (found !== undefined) return found;
  const candidates = faults.map(({ name }) => name);
  const list = candidates.join(', ');
  const all = joinWords(
    [
      words(`The faults are: ${list}.`, `Les pannes : ${list}.`),
      words('"lab fault" explains them.', '« lab fault » les explique.'),
    ],
    ' ',
  );
  const what = words(`There is no fault "${text}".`, `Il n'y a pas de panne « ${text} ».`);
  throw unknownName('fault-unknown', what, { text, candidates, all });
}

function findHit(workshop: Workshop, wanted: Fault, names: readonly string[]): readonly NodeDefinition[] {
  const nodes = names.map((name) => findNode(workshop, name));
  requireHit(workshop, wanted, nodes);
  const most = wanted.betweenTwo === true ? 2 : 1;
  if (nodes.length > most) {
    throw new LabError('fault-nodes', words(`${wanted.name} hits one node.`, `${wanted.name} ne frappe qu'un nœud.`), {
      exit: exitStatus.usage,
      hint: words('Inject it once for each node.', 'Injectez-la une fois par nœud.'),
    });
  }
  if (nodes.length === 2 && nodes[0] === nodes[1]) {
    throw new LabError(
      'fault-nodes',
      words(
        "A node can't be cut off from itself: these are two names of one node.",
        "Un nœud ne peut pas être coupé de lui-même : ce sont deux noms d'un même nœud.",
      ),
      { exit: exitStatus.usage },
    );
  }
  return nodes;
}
