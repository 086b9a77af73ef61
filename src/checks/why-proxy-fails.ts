// What keeps a proxy from sending its clients to the right server: the file's line first, then what HAProxy's own checks say.

import { joinWords, type Words, words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { backOf, frontOf, parseHaproxyConfiguration } from '../probes/haproxy-configuration.ts';
import { haproxyStatistics, takesSessions, type ProxiedServer } from '../probes/haproxy-statistics.ts';
import { nodeFile } from '../probes/node-file.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { serviceState, type ServiceState } from '../probes/service-state.ts';
import { haproxyConfigurationPath, haproxyFindingWords } from './haproxy-configuration/known-lines.ts';
import { serviceFindings } from './haproxy-configuration/service-findings.ts';
import { type CheckSetting } from './kind.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

export interface ProxyTrouble {
  readonly state: ServiceState;
  readonly text: string | null;
  readonly servers: readonly ProxiedServer[];
}

export async function lookForProxyTrouble(reach: Reach, node: NodeDefinition): Promise<Observed<ProxyTrouble>> {
  const [state, file, statistics] = await Promise.all([
    serviceState(reach, node.name, 'haproxy'),
    nodeFile(reach, node.name, haproxyConfigurationPath),
    haproxyStatistics(reach, node),
  ]);
  if (state.kind === 'unseen') return state;
  if (file.kind === 'unseen') return file;
  if (statistics.kind === 'unseen') return statistics;
  const servers = statistics.value.kind === 'answer' ? statistics.value.servers : [];
  return seen({ state: state.value, text: file.value?.text ?? null, servers });
}

/** null: nothing is known of it. */
export function whyProxyFails(
  { state, text, servers }: ProxyTrouble,
  node: NodeDefinition,
  port: number,
  { workshop }: CheckSetting,
): Words | null {
  const down = whyServiceIsDown(state, node.name);
  const sections = parseHaproxyConfiguration(text ?? '');
  const front = frontOf(sections, port);
  const back = front && backOf(sections, front);
  const members = workshop.nodes.filter(({ member }) => member !== undefined);
  const postgresqlPort = workshop.values['postgresql_port'] ?? '5432';
  const findings = text === null ? [] : serviceFindings({ sections, members, postgresqlPort }, port);
  const own = servers.filter(({ backend }) => backend === back?.name);
  const none = own.length > 0 && !own.some(takesSessions);
  const causes = [
    ...(down === null ? [] : [down.cause]),
    ...findings.map(haproxyFindingWords),
    ...(none ? [nobodyIsUp(own)] : []),
  ];
  return causes.length === 0 ? null : joinWords(causes, '\n');
}

function nobodyIsUp(servers: readonly ProxiedServer[]): Words {
  const each = servers.map((server) => `${server.backend}/${server.server} ${checkWords(server)}`).join(', ');
  return words(
    `HAProxy takes none of the servers for good, and closes every connection at once: ${each}`,
    `HAProxy ne tient aucun des serveurs pour bon et ferme chaque connexion aussitôt : ${each}`,
  );
}

/** `DOWN (L7STS 503)` */
export function checkWords({ status, check, code }: ProxiedServer): string {
  const outcome = [check, code === null ? '' : String(code)].filter((part) => part !== '').join(' ');
  return outcome === '' ? status : `${status} (${outcome})`;
}
