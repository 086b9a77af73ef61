import { type ActionContext } from '../actions/kind.ts';
import { nodesUpTo } from '../model/chapters-up-to.ts';
import { type CommandOptions, type CommandResult, succeeded } from '../model/command.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type InjectedFault } from '../model/fault.ts';
import { type NodeName } from '../model/ids.ts';
import { renderDeep, templateScope } from '../model/template.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { type Target } from '../model/target.ts';
import { type Action, type Chapter, type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { faultNamed } from '../faults/registry.ts';
import { resolveTarget } from '../probes/resolve-target.ts';
import { whyServiceIsDown } from '../checks/why-service-is-down.ts';
import { serviceState } from '../probes/service-state.ts';
import { commandFailed } from './command-failed.ts';
import { healFaults, injectFault } from './lab-fault.ts';
import { keepBefore } from './keep-before.ts';
import { type LabSession, look } from './session.ts';
import { withCleanUps } from './with-clean-ups.ts';

/** Seconds that a command of an action may take when the action doesn't say: a package installation fits in it. */
const commandTimeoutSeconds = 300;

/** `only`: of the action's nodes, these; the action is left out when none remains. */
export async function runAction(
  session: LabSession,
  chapter: Chapter,
  action: Action,
  item: string,
  only?: readonly NodeName[],
): Promise<void> {
  session.signal.throwIfAborted();
  const kind = session.actionKinds.get(action.kind);
  if (kind === undefined) throw new Error(`no action kind ${action.kind}: the workshop was not validated`);
  const targets = await targetNodes(session, chapter, action);
  const nodes = only === undefined ? targets : targets.filter(({ name }) => only.includes(name));
  if (nodes.length === 0) return;
  const args: unknown = renderDeep(action.with, templateScope(session.workshop, session.edition));
  await withActionContext(session, { chapter, nodes, item, action: action.kind }, (context) => kind.run(context, args));
}

async function targetNodes(session: LabSession, chapter: Chapter, action: Action): Promise<readonly NodeDefinition[]> {
  if (action.on === undefined) return nodesUpTo(session.workshop, chapter.id);
  if (action.on.kind !== 'role') return definedNodes(session, action.on);
  const target = await resolveTarget(await look(session), action.on, nodesUpTo(session.workshop, chapter.id));
  if (target.kind === 'seen' && target.value.length > 0) return target.value;
  const why =
    target.kind === 'unseen'
      ? target.why
      : words('no member has that role now', "aucun membre n'a ce rôle pour le moment");
  throw new LabError('target-unresolved', why, { exit: exitStatus.failed });
}

function definedNodes({ workshop }: LabSession, target: Exclude<Target, { kind: 'role' }>): readonly NodeDefinition[] {
  const names = target.kind === 'node' ? [target.node] : target.nodes;
  return workshop.nodes.filter((node) => names.includes(node.name));
}

/** What the faults of a scenario take is never one of these. */
const noFaultOptions = { percent: 0, bitsPerSecond: 0, milliseconds: 0 };

interface ActionPlace {
  readonly chapter: Chapter;
  readonly nodes: readonly NodeDefinition[];
  /** The line of work whose commands these are. */
  readonly item: string;
  /** The kind of action, where it is one of a chapter's. */
  readonly action?: string;
}

/** What `work` took away and has not put back itself is put back when it ends, whatever ended it. */
export function withActionContext<T>(
  session: LabSession,
  place: ActionPlace,
  work: (context: ActionContext) => Promise<T>,
): Promise<T> {
  return withCleanUps(session, (own, cleanUp) => actionContext(own, place, cleanUp), work);
}

function actionContext(
  session: LabSession,
  { chapter, nodes, item, action = 'this' }: ActionPlace,
  cleanUp: ActionContext['cleanUp'],
): ActionContext {
  type Options = Pick<CommandOptions, 'input' | 'timeoutSeconds'>;
  const tell = (node: NodeName | null, result: CommandResult): CommandResult => {
    session.signal.throwIfAborted();
    const { argv, exitStatus: status, seconds } = result;
    session.announce({
      kind: 'command-ran',
      item,
      node,
      argv,
      exitStatus: status,
      seconds,
      output: result.stdout + result.stderr,
    });
    return result;
  };
  const whole = (options: Options | undefined): CommandOptions => ({
    timeoutSeconds: commandTimeoutSeconds,
    ...options,
    signal: session.signal,
  });
  const attempt = async (node: NodeName, argv: readonly string[], options?: Options): Promise<CommandResult> =>
    tell(node, await session.provider.exec(node, argv, whole(options)));
  return {
    workshop: session.workshop,
    edition: session.edition,
    chapter,
    nodes,
    start: session.history.starts.get(chapter.id) ?? null,
    authorities: session.authorities,
    signal: session.signal,
    cleanUp,
    attempt,
    attemptOnNetwork: async (argv, options) => tell(null, await session.provider.execOnNetwork(argv, whole(options))),
    exec: async (node, argv, options) => {
      const result = await attempt(node, argv, options);
      if (!succeeded(result)) throw commandFailed(node, result);
      return result;
    },
    ...nodesTakenAway(session),
    measured: (what, seconds, boundSeconds) => {
      session.announce({ kind: 'measured', item, what, seconds, boundSeconds });
    },
    ...beforeRemoving(session, action),
    ...faultsAndClients(session, item),
    look: () => look(session),
    waitFor: async (what, withinSeconds, condition) => {
      const came = await waitUntil(condition, { withinSeconds, signal: session.signal });
      session.signal.throwIfAborted();
      if (!came) throw waitedInVain(what, withinSeconds);
    },
  };
}

function beforeRemoving(session: LabSession, action: string): Pick<ActionContext, 'keepBefore' | 'whyDown'> {
  // Asked for by several nodes at once, it is one.
  let kept: Promise<void> | undefined;
  return {
    keepBefore: () => (kept ??= keepBefore(session, action)),
    whyDown: async (node, unit) => {
      const state = await serviceState(await look(session), node, unit);
      return state.kind === 'seen' ? (whyServiceIsDown(state.value, node)?.cause ?? null) : null;
    },
  };
}

/** In the journal, as a fault of `lab fault` is: `lab heal` knows what a lab that was killed left like that. */
function nodesTakenAway(session: LabSession): Pick<ActionContext, 'startNode' | 'killNode' | 'freezeNode'> {
  const { provider } = session;
  return {
    startNode: async (node) => {
      await provider.startNode(node, session.signal);
      for (const injected of session.history.faults)
        if (isBackWith(injected, node)) await session.record({ kind: 'fault-healed', ...injected });
    },
    killNode: async (node) => {
      await session.record({ kind: 'fault-started', fault: 'kill-node', nodes: [node] });
      await provider.stopNode(node, 'kill');
    },
    freezeNode: async (node) => {
      await session.record({ kind: 'fault-started', fault: 'freeze', nodes: [node] });
      await provider.setFrozen(node, true);
    },
  };
}

/** A node that was started is neither frozen nor dead. */
function isBackWith({ fault, nodes }: InjectedFault, node: NodeName): boolean {
  return (fault === 'freeze' || fault === 'kill-node') && nodes.length === 1 && nodes[0] === node;
}

function faultsAndClients(
  session: LabSession,
  item: string,
): Pick<
  ActionContext,
  'progress' | 'injectFault' | 'healFaults' | 'attachToNetwork' | 'attachToNode' | 'ledgerClient'
> {
  return {
    progress: (text) => session.announce({ kind: 'item-progress', item, text }),
    injectFault: async (fault, on) => (await injectFault(session, faultNamed(fault), on, noFaultOptions, 'lab')).began,
    healFaults: async () => {
      await healFaults(session);
    },
    attachToNetwork: (argv, options) => session.provider.execOnNetwork(argv, options),
    attachToNode: (node, argv, options) => session.provider.exec(node, argv, options),
    ledgerClient: session.ledgerClient,
  };
}

function waitedInVain(what: { readonly en: string; readonly fr: string }, seconds: number): LabError {
  return new LabError(
    'wait-too-long',
    words(`Not within ${String(seconds)} s: ${what.en}`, `Pas en ${String(seconds)} s : ${what.fr}`),
    { exit: exitStatus.failed },
  );
}
