// shell, exec and logs: a person's own commands in the nodes.

import { exitStatus, type ExitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { type Words, words } from '../model/words.ts';
import { findNode } from '../workshop/find-node.ts';
import { type Invocation } from './invocation.ts';
import { readLab, type ReadLab } from './read-lab.ts';
import { logsOnTerminal } from './logs-on-terminal.ts';
import { requireUnit } from './require-unit.ts';
import { type Verb, type World } from './services.ts';
import { visiting } from './visiting.ts';

export const shell: Verb<[node: string | undefined]> = async (world, invocation, node) => {
  const lab = await readLab(world, invocation);
  if (node === undefined) {
    await requireNetwork(lab, invocation);
    const prompt = `PS1=(${invocation.lab}) trainer:\\w\\$ `;
    return visiting(world, invocation, async () =>
      asExit(await lab.provider.attach(null, ['env', prompt, 'bash', '--norc', '-i'], 'typing')),
    );
  }
  const where = await runningNode(lab, node);
  const status = await visiting(world, invocation, () => lab.provider.attach(where, ['bash', '-l'], 'typing'));
  // LXC gives 0 as well when the node went away under the shell.
  await requireStillRunning(world, invocation, where);
  return asExit(status);
};

export interface ExecOptions {
  readonly interactive?: boolean;
}

export const exec: Verb<[node: string, command: readonly string[], options: ExecOptions]> = async (
  world,
  invocation,
  node,
  command,
  { interactive = false },
) => {
  const lab = await readLab(world, invocation);
  const where = await runningNode(lab, node);
  const terminal = interactive ? 'typing' : 'showing';
  return visiting(world, invocation, async () => asExit(await lab.provider.attach(where, command, terminal)));
};

export interface LogsOptions {
  readonly follow?: boolean;
  readonly lines?: string;
  readonly raw?: boolean;
}

export const logs: Verb<[node: string, unit: string | undefined, options: LogsOptions]> = async (
  world,
  invocation,
  node,
  unit,
  options,
) => {
  const argv = ['journalctl', '--no-pager', ...(unit === undefined ? [] : ['--unit', unit])];
  if (options.lines !== undefined) argv.push('--lines', lineCount(options.lines));
  if (options.follow === true) argv.push('--follow');
  const lab = await readLab(world, invocation);
  const where = await runningNode(lab, node);
  if (unit !== undefined) await requireUnit(lab.provider, where, unit);
  // What is piped stays as it is, for grep; a terminal would obey it.
  if (options.raw !== true && world.stdout.isTTY === true) return logsOnTerminal(world, lab.provider, where, argv);
  return asExit(await lab.provider.attach(where, argv, 'showing'));
};

function lineCount(text: string): string {
  if (/^\d+$/.test(text)) return text;
  throw new LabError(
    'line-count-invalid',
    words(`"${text}" is not a number of lines.`, `« ${text} » n'est pas un nombre de lignes.`),
    { exit: exitStatus.usage, hint: words('Write it as --lines 20.', 'Écrivez-le --lines 20.') },
  );
}

async function runningNode(lab: ReadLab, text: string): Promise<NodeName> {
  const { name } = findNode(lab.workshop, text);
  const { nodes } = await lab.provider.observe();
  const state = nodes.get(name) ?? 'absent';
  if (state === 'running') return name;
  const what = {
    absent: words(`${name} is not in this lab yet.`, `${name} n'est pas encore dans ce lab.`),
    stopped: words(`${name} is stopped.`, `${name} est arrêté.`),
    frozen: words(`${name} is frozen.`, `${name} est gelé.`),
  }[state];
  throw new LabError('node-not-running', what, { exit: exitStatus.failed, hint: howItRunsAgain(lab, name) });
}

/** Throws `node-went-away` when it was stopped or killed meanwhile. */
async function requireStillRunning(world: World, invocation: Invocation, node: NodeName): Promise<void> {
  const lab = await readLab(world, invocation);
  const { nodes } = await lab.provider.observe();
  const state = nodes.get(node) ?? 'absent';
  if (state === 'running' || state === 'frozen') return;
  throw new LabError(
    'node-went-away',
    words(
      `${node} is ${state === 'stopped' ? 'stopped' : 'gone'}: that ended the shell.`,
      `${node} est ${state === 'stopped' ? 'arrêté' : 'supprimé'} : c'est ce qui a mis fin au shell.`,
    ),
    { exit: exitStatus.failed, hint: howItRunsAgain(lab, node) },
  );
}

/** `lab up` does more than that: it brings the chapter to its end. */
function howItRunsAgain({ history }: ReadLab, node: NodeName): Words {
  const injected = history.faults.find(({ nodes }) => nodes.includes(node));
  if (injected === undefined)
    return words(
      '"lab up" starts the nodes of the lab; "lab status" shows them.',
      '« lab up » met en marche les nœuds du lab ; « lab status » les montre.',
    );
  return words(
    `That is the fault ${injected.fault}. "lab heal" takes it back.`,
    `C'est la panne ${injected.fault}. « lab heal » l'annule.`,
  );
}

async function requireNetwork(lab: ReadLab, invocation: Invocation): Promise<void> {
  const { network } = await lab.provider.observe();
  if (network === 'present') return;
  throw new LabError(
    'network-absent',
    words(`Lab ${invocation.lab} has no network now.`, `Le lab ${invocation.lab} n'a pas de réseau pour le moment.`),
    {
      exit: exitStatus.failed,
      hint: words('"lab up" brings it back.', '« lab up » le remet en place.'),
    },
  );
}

/** The command's own status, whatever it means to it. */
function asExit(status: number): ExitStatus {
  return status as ExitStatus;
}
