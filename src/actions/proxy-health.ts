import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { frontOf, parseHaproxyConfiguration } from '../probes/haproxy-configuration.ts';
import { healthTiming, type HealthTiming } from '../probes/haproxy-health.ts';
import { nodeFile } from '../probes/node-file.ts';
import { type ActionContext } from './kind.ts';

const path = '/etc/haproxy/haproxy.cfg';

/** How often the proxy of that node looks at its servers, by its own file. */
export async function proxyHealth(context: ActionContext, node: NodeDefinition): Promise<HealthTiming> {
  const file = await nodeFile(await context.look(), node.name, path);
  const text = file.kind === 'seen' ? (file.value?.text ?? '') : '';
  const section = frontOf(parseHaproxyConfiguration(text), 5432);
  if (section !== undefined) return healthTiming(section);
  throw new LabError(
    'proxy-unread',
    words(`${path} on ${node.name} has no port 5432.`, `${path} sur ${node.name} n'a pas de port 5432.`),
    { exit: exitStatus.failed },
  );
}
