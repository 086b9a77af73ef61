import { type Edition, type NodeDefinition, type Workshop } from '../../model/workshop.ts';
import { type Words } from '../../model/words.ts';
import { type ConfigurationEntry } from './configuration-entry.ts';

/** One thing in a node's Patroni configuration that keeps the chapter from coming true. */
export interface Finding {
  /** Permanent: `etcd-v2-section`. */
  readonly id: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line as it stands, without its indentation; passwords are left out. */
  readonly text: string;
  readonly cause: Words;
  readonly hint: Words;
  readonly effect: FindingEffect;
}

/**
 * What it does to the cluster: Patroni does not get as far as a running member; the member does not find the others, or
 * they don't find it; it runs as a member and does something else than was meant.
 */
export type FindingEffect = 'does-not-start' | 'does-not-join' | 'works-otherwise';

export type FindingDraft = Omit<Finding, 'text'>;

/** Whose configuration it is; definitions only. */
export interface ConfigurationSetting {
  readonly node: NodeDefinition;
  readonly edition: Edition;
  readonly workshop: Workshop;
}

/** A rule looks at one thing. Pure. */
export type ConfigurationRule = (root: ConfigurationEntry, setting: ConfigurationSetting) => readonly FindingDraft[];

/** Patroni runs, and does something else than was meant. */
export function silentlyWrong(id: string, at: { readonly line: number }, cause: Words, hint: Words): FindingDraft {
  return { id, line: at.line, cause, hint, effect: 'works-otherwise' };
}

/** Patroni runs, and the member is not one of the workshop's cluster. */
export function separating(id: string, at: { readonly line: number }, cause: Words, hint: Words): FindingDraft {
  return { id, line: at.line, cause, hint, effect: 'does-not-join' };
}

/** Patroni does not get as far as a running member. */
export function blocking(id: string, at: { readonly line: number }, cause: Words, hint: Words): FindingDraft {
  return { id, line: at.line, cause, hint, effect: 'does-not-start' };
}
