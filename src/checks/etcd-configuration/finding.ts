import { type NodeDefinition } from '../../model/workshop.ts';
import { words, type Words } from '../../model/words.ts';
import { spelled, type EtcdSettings } from '../../probes/etcd-settings.ts';
import { type SourceLine } from '../../probes/systemd-unit-files.ts';

/** One thing that keeps etcd on this node from being the member that the workshop wants. */
export interface Finding {
  /** null: what is missing stands in no line. */
  readonly origin: SourceLine | null;
  readonly says: Words;
}

/** What the rules look at. */
export interface Configured {
  readonly settings: EtcdSettings;
  readonly node: NodeDefinition;
  /** Every node that is to be a member, this one included. */
  readonly members: readonly NodeDefinition[];
  /** Every node of the workshop. */
  readonly nodes: readonly NodeDefinition[];
}

export function found(origin: SourceLine | null, en: string, fr: string): Finding {
  return { origin, says: words(en, fr) };
}

/** `file:line`, the line, and what is wrong with it. */
export function findingWords({ origin, says }: Finding): Words {
  if (origin === null) return says;
  const place = `${origin.file}:${String(origin.line)} \`${origin.text}\``;
  return words(`${place}: ${says.en}`, `${place} : ${says.fr}`);
}

/** The setting as it would be written on this node: `ETCD_INITIAL_CLUSTER`. */
export function nameOf(setting: string, { settings }: Configured): string {
  return settings.settings.get(setting)?.spelling ?? spelled(setting, settings.style).replace(/:$/, '');
}

/** What this configuration speaks where a line is missing: https as soon as one of its URLs does. */
export function usualScheme({ settings }: Configured): 'http' | 'https' {
  return Array.from(settings.settings.values()).some(({ value }) => value.includes('https://')) ? 'https' : 'http';
}
