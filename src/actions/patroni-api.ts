import { type CommandResult } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type PatroniTiming } from '../probes/patroni-timing.ts';
import { type ActionContext } from './kind.ts';

/** A change of some values of the dynamic configuration, asked of the Patroni on a node. Wakes it, whatever changes. */
export function patchConfiguration(
  context: ActionContext,
  node: NodeName,
  values: Partial<PatroniTiming> | Readonly<Record<string, unknown>>,
): Promise<CommandResult> {
  return patch(context, node, values);
}

/** As `patronictl pause` and `resume` do; comes back before the members have heard of it. */
export function pauseCluster(context: ActionContext, node: NodeName, paused: boolean): Promise<CommandResult> {
  // null takes the key out.
  return patch(context, node, { pause: paused ? true : null });
}

function patch(context: ActionContext, node: NodeName, values: object): Promise<CommandResult> {
  return context.attempt(node, [
    'curl',
    '--silent',
    '--show-error',
    '--fail',
    '--max-time',
    '5',
    '--output',
    '/dev/null',
    '--request',
    'PATCH',
    '--data',
    JSON.stringify(values),
    'http://127.0.0.1:8008/config',
  ]);
}

/**
 * Wakes the Patroni on each of the nodes, which does now what it would do in its next round: a change to the value that
 * is there already changes nothing else. One that does not answer is passed over.
 */
export async function nudge(
  context: ActionContext,
  nodes: readonly NodeDefinition[],
  { loop_wait }: PatroniTiming,
): Promise<void> {
  await settleAll(nodes.map(({ name }) => patchConfiguration(context, name, { loop_wait })));
}

/** Whether the Patroni on a node tells the members that it has to ask without etcd; one that never was in that mode says 502. */
export async function failsafeMembersTold(context: ActionContext, node: NodeName): Promise<boolean> {
  const ask = ['curl', '--silent', '--fail', '--max-time', '5', 'http://127.0.0.1:8008/failsafe'];
  return (await context.attempt(node, ask)).stdout.includes('"http');
}
