// An action's context whose nodes answer from a script, and write down what they were told.

import { type ActionContext } from '../../src/actions/kind.ts';
import { succeeded, type CommandResult } from '../../src/model/command.ts';
import { exitStatus, LabError } from '../../src/model/errors.ts';
import { nodeName } from '../../src/model/ids.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { createReach } from '../../src/probes/create-reach.ts';
import { type Reach } from '../../src/probes/reach.ts';
import { commandResult } from '../build/command-result.ts';
import { testWorkshop } from '../build/workshop.ts';

export type Answer = (node: string, command: string) => Partial<CommandResult> | undefined;

export interface Scripted {
  readonly context: ActionContext;
  /** `NODE COMMAND`, in their order. */
  readonly told: string[];
  /** How often a checkpoint was asked for. */
  kept: number;
}

/** `reach`: what every look sees, instead of what the script answers. */
export function scripted(nodes: readonly string[], answer: Answer, reach?: Reach): Scripted {
  const base = testWorkshop();
  const [template] = base.nodes;
  const [edition] = base.editions;
  const [chapter] = base.chapters;
  if (template === undefined || edition === undefined || chapter === undefined) throw new Error('no test workshop');
  const defined = nodes.map((name, index) => ({
    ...template,
    name: nodeName(name),
    address: `10.0.3.${String(10 + index)}`,
    groups: [name.startsWith('pg') ? 'pg' : 'etcd'],
    member: name.startsWith('pg') ? name : undefined,
  }));
  const names = defined.map(({ name }) => name);
  const groups = {
    etcd: names.filter((name) => !name.startsWith('pg')),
    pg: names.filter((name) => name.startsWith('pg')),
  };
  const workshop = reach?.workshop ?? { ...base, nodes: defined, groups };
  const told: string[] = [];
  const run = (node: string, argv: readonly string[], input = ''): Promise<CommandResult> => {
    const command = `${argv.join(' ')}${input}`;
    told.push(`${node} ${command}`);
    return Promise.resolve(commandResult(argv, answer(node, command)));
  };
  const attempt: ActionContext['attempt'] = (node, argv, options) => run(node, argv, options?.input);
  const exec: ActionContext['exec'] = async (node, argv, options) => {
    const result = await run(node, argv, options?.input);
    if (succeeded(result)) return result;
    throw new LabError('command-failed', verbatim(argv.join(' ')), { exit: exitStatus.failed });
  };
  const onNetwork: ActionContext['attemptOnNetwork'] = (argv, options) => run('seat', argv, options?.input);
  const observation = { network: 'present', nodes: new Map(names.map((name) => [name, 'running' as const])) } as const;
  const provider = { exec: attempt, execOnNetwork: onNetwork };
  const it: Scripted = {
    told,
    kept: 0,
    context: {
      workshop,
      edition,
      chapter,
      nodes: defined,
      start: null,
      signal: new AbortController().signal,
      exec,
      attempt,
      attemptOnNetwork: onNetwork,
      progress: () => undefined,
      keepBefore: () => {
        it.kept += 1;
        return Promise.resolve();
      },
      whyDown: (node) => Promise.resolve(words(`${node} can't read it`, `${node} ne peut pas lire`)),
      startNode: () => Promise.resolve(),
      cleanUp: () => ({ now: () => Promise.resolve(), forget: () => undefined }),
      look: () =>
        Promise.resolve(reach ?? createReach({ workshop, edition, provider, chapterStarts: new Map() }, observation)),
      waitFor: async (what, _seconds, condition) => {
        if (!(await condition())) throw new LabError('wait-too-long', what, { exit: exitStatus.failed });
      },
    } satisfies Partial<ActionContext> as unknown as ActionContext,
  };
  return it;
}

/** Whether something was removed or moved on a node. */
export function removals({ told }: Scripted): readonly string[] {
  return told.filter((command) => /rm -rf|pg_dropcluster|\bmv |reinit|drop table|--initialize/.test(command));
}
