import { type CommandResult, succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { words } from '../model/words.ts';
import { type FaultCommandOptions, type FaultContext } from '../faults/fault.ts';
import { servicesAnswer, startServices } from '../faults/services.ts';
import { commandFailed } from './command-failed.ts';
import { type LabSession, look } from './session.ts';

const commandTimeoutSeconds = 60;

/** The old leader may first have to wait for the ttl, and then be rewound. */
const servicesWithinSeconds = 120;

/** `item`: the line of work whose commands these are. */
export function faultContext(session: LabSession, item: string): FaultContext {
  const { provider, signal, workshop } = session;
  const tell = (node: NodeName | null, result: CommandResult): CommandResult => {
    signal.throwIfAborted();
    const { argv, exitStatus: status, seconds, stdout, stderr } = result;
    const output = stdout + stderr;
    session.announce({ kind: 'command-ran', item, node, argv, exitStatus: status, seconds, output });
    return result;
  };
  const whole = (options?: FaultCommandOptions) => ({ timeoutSeconds: commandTimeoutSeconds, ...options, signal });
  const attempt: FaultContext['attempt'] = async (node, argv, options) =>
    tell(node, await provider.exec(node, argv, whole(options)));
  const exec: FaultContext['exec'] = async (node, argv, options) => {
    const result = await attempt(node, argv, options);
    if (succeeded(result)) return result;
    throw commandFailed(node, result);
  };
  const states = async () => (await provider.observe()).nodes;
  const stateOf: FaultContext['stateOf'] = async (node) => (await states()).get(node) ?? 'absent';
  const runs = async (node: NodeDefinition): Promise<boolean> => (await stateOf(node.name)) === 'running';
  const commands = { workshop, attempt, exec };
  return {
    ...commands,
    signal,
    attemptOnNetwork: async (argv, options) => tell(null, await provider.execOnNetwork(argv, whole(options))),
    stateOf,
    labIsDown: async () => [...(await states()).values()].every((state) => state === 'absent' || state === 'stopped'),
    networkIsThere: async () => (await provider.observe()).network === 'present',
    startNode: (node) => provider.startNode(node, signal),
    killNode: (node) => provider.stopNode(node, 'kill'),
    freezeNode: (node) => provider.setFrozen(node, true),
    limitDisk: (node, extraBytes) => provider.limitDisk(node, extraBytes),
    startServices: async (node) => {
      if (await runs(node)) await startServices(commands, node);
    },
    awaitServices: async (node) => {
      if (!(await runs(node))) return;
      const answer = async (): Promise<boolean> => servicesAnswer(commands, await look(session), node);
      const back = await waitUntil(answer, { withinSeconds: servicesWithinSeconds, signal });
      signal.throwIfAborted();
      if (!back) throw notBack(node.name);
    },
  };
}

function notBack(node: NodeName): LabError {
  const seconds = String(servicesWithinSeconds);
  return new LabError(
    'services-not-back',
    words(
      `What ${node} runs does not answer as it should after ${seconds} s.`,
      `Ce qui tourne sur ${node} ne répond pas comme il faut après ${seconds} s.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words('"lab verify" names what is wrong.', '« lab verify » dit ce qui ne va pas.'),
    },
  );
}
