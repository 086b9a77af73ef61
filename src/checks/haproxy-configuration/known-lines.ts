// What the findings look at: the file, and what the workshop wants of it.

import { type NodeDefinition } from '../../model/workshop.ts';
import { type HaproxyLine, type HaproxySection } from '../../probes/haproxy-configuration.ts';
import { words, type Words } from '../../model/words.ts';

export const haproxyConfigurationPath = '/etc/haproxy/haproxy.cfg';
export const leaderPort = 5432;
export const replicasPort = 5433;
export const patroniPort = '8008';

export interface HaproxyConfigured {
  readonly sections: readonly HaproxySection[];
  /** The nodes that are members of the Patroni cluster. */
  readonly members: readonly NodeDefinition[];
  readonly postgresqlPort: string;
}

export interface HaproxyFinding {
  /** null: what is missing stands in no line. */
  readonly line: HaproxyLine | null;
  readonly says: Words;
}

export function finding(line: HaproxyLine | null | undefined, en: string, fr: string): HaproxyFinding {
  return { line: line ?? null, says: words(en, fr) };
}

/** `file:line`, the line, and what is wrong with it. */
export function haproxyFindingWords({ line, says }: HaproxyFinding): Words {
  if (line === null)
    return words(`${haproxyConfigurationPath}: ${says.en}`, `${haproxyConfigurationPath} : ${says.fr}`);
  const place = `${haproxyConfigurationPath}:${String(line.number)} \`${line.text}\``;
  return words(`${place}: ${says.en}`, `${place} : ${says.fr}`);
}
