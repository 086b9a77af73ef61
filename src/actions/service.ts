import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { awaitFollowers } from './await-followers.ts';
import { finishEtcdAuthentication } from './finish-etcd-authentication.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { configurationState } from './runs-current-configuration.ts';
import { startService } from './start-service.ts';

export const service = defineAction({
  name: 'service',
  schema: z.strictObject({
    unit: z.string(),
    state: z.enum(['running', 'stopped']),
    /** Files that the service reads when it starts: when one is newer than its start or its last reload, it is restarted. */
    configuration: z.array(z.string()).default([]),
  }),
  run: async (context, { unit, state, configuration }) => {
    if (unit === 'patroni' && state === 'running') await finishEtcdAuthentication(context);
    const bring = (node: NodeName): Promise<void> =>
      state === 'stopped' ? stop(context, node, unit) : start(context, node, unit, configuration);
    await settleAll(context.nodes.map((node) => bring(node.name)));
  },
});

async function stop(context: ActionContext, node: NodeName, unit: string): Promise<void> {
  await context.exec(node, ['systemctl', 'stop', unit]);
}

async function start(
  context: ActionContext,
  node: NodeName,
  unit: string,
  configuration: readonly string[],
): Promise<void> {
  const state = await configurationState(context, node, unit, configuration, { reloadCounts: true });
  if (state === 'stale' && unit === 'patroni') await awaitFollowers(context, node);
  await startService(context, node, unit, [state === 'current' ? 'start' : 'restart']);
}
