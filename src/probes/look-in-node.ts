import { type CommandOptions, type CommandResult, type NodeCommandOptions } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words, type Words } from '../model/words.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

type LookOptions = Pick<CommandOptions, 'input' | 'timeoutSeconds' | 'maxBytes'>;

/** Long enough for a busy machine; what a node can't say within it is not the learner's fault. */
const patienceSeconds = 10;

/**
 * Runs a command that only reads, in a node. `seen` whatever its exit status: a failure is an answer too. `unseen`
 * when lab itself could not look: the node isn't running, the command did not start or did not come back.
 */
export async function lookInNode(
  reach: Reach,
  node: NodeName,
  argv: readonly string[],
  options: LookOptions & Pick<NodeCommandOptions, 'fromAnywhere'> = {},
): Promise<Observed<CommandResult>> {
  const state = reach.observation.nodes.get(node) ?? 'absent';
  if (state !== 'running') return unseen(words(`${node} is ${state}`, `${node} n'est pas en marche (${state})`));
  const result = await reach.exec(node, argv, { timeoutSeconds: patienceSeconds, ...options });
  const why = whyNoAnswer(result, node);
  return why === null ? seen(result) : unseen(why);
}

/** The same from the trainer's seat, for programs of this machine. */
export async function lookOnNetwork(
  reach: Reach,
  argv: readonly string[],
  options: LookOptions = {},
): Promise<Observed<CommandResult>> {
  const result = await reach.execOnNetwork(argv, { timeoutSeconds: patienceSeconds, ...options });
  const why = whyNoAnswer(result, null);
  return why === null ? seen(result) : unseen(why);
}

function whyNoAnswer(result: CommandResult, node: NodeName | null): Words | null {
  const program = result.argv[0] ?? '';
  const where =
    node === null ? words("on the lab's network", 'sur le réseau du lab') : words(`on ${node}`, `sur ${node}`);
  if (result.timedOut) {
    const seconds = String(Math.round(result.seconds));
    return words(
      `${program} ${where.en} did not come back within ${seconds} s`,
      `${program} ${where.fr} n'a pas répondu en ${seconds} s`,
    );
  }
  if (result.exitStatus === null || result.cancelled) {
    return words(
      `${program} ${where.en} could not be run: ${result.stderr.trim()}`,
      `${program} ${where.fr} n'a pas pu être lancé : ${result.stderr.trim()}`,
    );
  }
  return null;
}
