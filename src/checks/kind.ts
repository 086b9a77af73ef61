import type * as z from 'zod';
import { type ChapterStart } from '../model/chapter-start.ts';
import { type Judgement } from '../model/verdict.ts';
import { type Chapter, type Edition, type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { type Observed, type Reach } from '../probes/reach.ts';

/** What a judge may know beside the observation: definitions only, nothing live. */
export interface CheckSetting {
  readonly workshop: Workshop;
  readonly edition: Edition;
  /** The node that the check is about; null for one that is about the whole cluster. */
  readonly node: NodeDefinition | null;
  /** All nodes of the check's target; every node of the lab's chapters so far when it names none. */
  readonly nodes: readonly NodeDefinition[];
  /** The chapter that the check stands in: files that it names are that chapter's. */
  readonly chapter?: Chapter;
  /** How the cluster was when that chapter began; null = it has not begun in this lab. */
  readonly start?: ChapterStart | null;
}

/** One kind of check, used from YAML as `expect: NAME` with `with: {…}`. */
export interface CheckKind<With, Observation> {
  readonly name: string;
  /** `node`: observed once for each node of its target. `cluster`: observed once. */
  readonly scope: 'node' | 'cluster';
  readonly schema: z.ZodType<With>;
  /** How long `lab up` waits for it when the chapter doesn't say. 0 for what doesn't change by itself, as a file. */
  readonly withinSeconds: number;
  /** It proves that something happened, not how things are: what it passed once can't become otherwise. */
  readonly tellsOfPast?: true;
  /** Looks through probes; never changes anything. */
  observe(reach: Reach, setting: CheckSetting, args: With): Promise<Observed<Observation>>;
  /** Pure. */
  judge(observation: Observation, setting: CheckSetting, args: With): Judgement;
  /** Files of the chapter's files/ folder that it compares with: they must exist, and count in the step's fingerprint. */
  files?(args: With): readonly string[];
  /** What a person would type to see the same, in the node (or on any node when the check has none). */
  command(setting: CheckSetting, args: With): string;
}

// A registry holds kinds with different arguments; `any` is confined to this line.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyCheckKind = CheckKind<any, any>;

export function defineCheck<With, Observation>(kind: CheckKind<With, Observation>): CheckKind<With, Observation> {
  return kind;
}
