import { type CommandResult, succeeded } from '../../model/command.ts';
import { exitStatus, LabError } from '../../model/errors.ts';
import { words } from '../../model/words.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { type Scenario } from '../../ledger/scenarios.ts';
import { etcdNodes } from '../../probes/etcd-nodes.ts';
import { type WholeCluster } from '../bring-members-back.ts';
import { type ActionContext } from '../kind.ts';

/** Whom the scenario hits. */
export function hitNodes(
  { workshop }: ActionContext,
  scenario: Scenario,
  { leader }: WholeCluster,
): readonly NodeDefinition[] {
  if (scenario.hits === 'leader') return [leader];
  const members = etcdNodes(workshop);
  return members.slice(0, Math.ceil(members.length / 2));
}

/** Returns when its effect began, in milliseconds since 1970; of several blows, the last one's. */
export async function runScenario(context: ActionContext, scenario: Scenario, cluster: WholeCluster): Promise<number> {
  if (scenario.fault === null) return handOver(context, cluster);
  let began = Date.now();
  for (const node of hitNodes(context, scenario, cluster)) began = await context.injectFault(scenario.fault, [node]);
  return began;
}

/** To whichever replica Patroni picks: with synchronous replication, one that is in time. */
async function handOver(context: ActionContext, { leader }: WholeCluster): Promise<number> {
  const began = Date.now();
  const command = ['patronictl', '-c', '/etc/patroni/config.yml', 'switchover', '--force'];
  const answer = await context.attempt(leader.name, command, { timeoutSeconds: 120 });
  if (succeeded(answer) && answer.stdout.includes('Successfully')) return began;
  throw notHandedOver(answer);
}

function notHandedOver({ stdout, stderr }: CommandResult): LabError {
  const said = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? '';
  return new LabError(
    'switchover-failed',
    words(`The switchover did not come about: ${said}`, `Le switchover n'a pas abouti : ${said}`),
    { exit: exitStatus.failed },
  );
}
