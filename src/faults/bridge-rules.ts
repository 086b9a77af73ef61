// Drops in the lab's own bridge, by the nodes' addresses: they outlive a restart of a node. What the trainer's seat sends
// and receives does not pass the `forward` hook, so checks and `lab status` still see the node.

import { succeeded } from '../model/command.ts';
import { type FaultName } from '../model/fault.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type FaultContext } from './fault.ts';
import { networkFaultFailed } from './network-fault-failed.ts';

/** Replaces the fault's table as a whole, in one transaction. */
export async function bridgeRules(
  context: FaultContext,
  fault: FaultName,
  nodes: readonly NodeDefinition[],
  rules: readonly string[],
): Promise<void> {
  const chain = ['type filter hook forward priority 0; policy accept;', ...rules].join('\n');
  await nft(
    context,
    `${removal(fault, nodes)}table bridge ${table(fault, nodes)} {\nchain forward {\n${chain}\n}\n}\n`,
  );
}

export async function dropBridgeRules(
  context: FaultContext,
  fault: FaultName,
  nodes: readonly NodeDefinition[],
): Promise<void> {
  if (await context.networkIsThere()) await nft(context, removal(fault, nodes));
}

/** A table that isn't there can't be deleted: it is made first. */
function removal(fault: FaultName, nodes: readonly NodeDefinition[]): string {
  const name = table(fault, nodes);
  return `table bridge ${name}\ndelete table bridge ${name}\n`;
}

function table(fault: FaultName, nodes: readonly NodeDefinition[]): string {
  return ['lab-fault', fault, ...nodes.map((node) => node.name)].join('-');
}

async function nft(context: FaultContext, input: string): Promise<void> {
  const argv = ['nft', '-f', '-'];
  const result = await context.attemptOnNetwork(argv, { input, timeoutSeconds: 20 });
  if (!succeeded(result)) throw networkFaultFailed(result, 'nftables');
}
