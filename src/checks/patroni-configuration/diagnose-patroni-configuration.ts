import { clientAccess } from './client-access.ts';
import { type ConfigurationRule, type ConfigurationSetting, type Finding, type FindingDraft } from './finding.ts';
import { clusterIdentity } from './cluster-identity.ts';
import { credentials } from './credentials.ts';
import { dcsSection } from './dcs-section.ts';
import { delayedReplay } from './delayed-replay.ts';
import { etcdHosts } from './etcd-hosts.ts';
import { initialDatabase } from './initial-database.ts';
import { installationPaths } from './installation-paths.ts';
import { leftTemplates } from './left-templates.ts';
import { loopTiming } from './loop-timing.ts';
import { misplacedKeys } from './misplaced-keys.ts';
import { parseConfiguration } from './parse-configuration.ts';
import { postgresqlAddresses } from './postgresql-addresses.ts';
import { promotionTags } from './promotion-tags.ts';
import { serverParameters } from './server-parameters.ts';
import { restAddresses } from './rest-addresses.ts';
import { synchronousTags } from './synchronous-tags.ts';

const rules: readonly ConfigurationRule[] = [
  clusterIdentity,
  restAddresses,
  dcsSection,
  etcdHosts,
  loopTiming,
  initialDatabase,
  misplacedKeys,
  serverParameters,
  postgresqlAddresses,
  installationPaths,
  credentials,
  clientAccess,
  promotionTags,
  synchronousTags,
  delayedReplay,
];

/**
 * What in a node's Patroni configuration keeps the workshop's cluster from coming true, in the order of its lines. Other
 * ways to write the same are no findings. The first rule of the house: what Patroni drops without a word is named here.
 */
export function diagnosePatroniConfiguration(text: string, setting: ConfigurationSetting): readonly Finding[] {
  const lines = text.split('\n');
  return drafts(text, setting)
    .map((draft) => ({ ...draft, text: withoutSecret(lines[draft.line - 1] ?? '') }))
    .sort((one, other) => one.line - other.line);
}

function drafts(text: string, setting: ConfigurationSetting): readonly FindingDraft[] {
  const left = leftTemplates(text);
  // A template that was never filled in: whatever else is found in it is noise.
  if (left.length > 0) return left;
  const { root, findings } = parseConfiguration(text);
  return root === null ? findings : [...findings, ...rules.flatMap((rule) => rule(root, setting))];
}

function withoutSecret(line: string): string {
  return line.trim().replace(/(password\s*:\s*)\S.*$/i, '$1…');
}
