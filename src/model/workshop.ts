import { type ChapterId, type CheckId, type EditionName, type NodeName, type StepId } from './ids.ts';
import { type Target } from './target.ts';
import { type Language } from './words.ts';
import { type WrongState } from './wrong-state.ts';

/** A validated workshop: everything under labs/NAME/. Made by `loadWorkshop`, changed by nobody. */
export interface Workshop {
  readonly name: string;
  /** Absolute path of labs/NAME. */
  readonly directory: string;
  readonly network: { readonly address: string; readonly prefixLength: number };
  readonly editions: readonly Edition[];
  readonly defaultEdition: EditionName;
  readonly images: readonly ImageDefinition[];
  /** Packages of the pool beyond those of the images: what later chapters or a learner install in a node. */
  readonly poolPackages: readonly string[];
  /** Values that files and words may name: `{{ patroni_scope }}`. */
  readonly values: Readonly<Record<string, string>>;
  readonly nodes: readonly NodeDefinition[];
  /** Of each node. */
  readonly limits: NodeLimits;
  readonly groups: Readonly<Record<string, readonly NodeName[]>>;
  readonly volumes: readonly VolumeDefinition[];
  readonly chapters: readonly Chapter[];
}

export interface Edition {
  readonly name: EditionName;
  /** What differs between editions, by name: `{{ edition.postgresql }}`. */
  readonly values: Readonly<Record<string, string>>;
}

/** A layer of a node's root file system. Exactly one has no `on`: the base. Package names may hold `{{ edition.… }}`. */
export interface ImageDefinition {
  readonly name: string;
  readonly on: string | undefined;
  readonly packages: readonly string[];
  /** Shell commands run in the layer once its packages are installed, e.g. to put a default service aside. */
  readonly finish: readonly string[];
}

/** What one node may take of the host at most. */
export interface NodeLimits {
  readonly processes: number;
  readonly memoryMegabytes: number;
}

export interface NodeDefinition {
  readonly name: NodeName;
  readonly address: string;
  /** Further names in every node's /etc/hosts. */
  readonly aliases: readonly string[];
  /** The image with what the chapters install on this node. */
  readonly image: string;
  /** The name that this node's Patroni member has, if it has one: `pg-1`. */
  readonly member: string | undefined;
  readonly groups: readonly string[];
}

/** A folder outside the nodes' root file systems, shared by those that have it. A checkpoint holds it too. */
export interface VolumeDefinition {
  readonly name: string;
  /** Where each of the nodes has it. */
  readonly path: string;
  readonly nodes: readonly NodeName[];
}

export interface Chapter {
  readonly id: ChapterId;
  readonly number: number;
  readonly slug: string;
  /** Absolute path of chapters/NN-slug. */
  readonly directory: string;
  /** Nodes that this chapter brings in; those of the chapters before it exist already. */
  readonly nodes: readonly NodeName[];
  readonly steps: readonly Step[];
  /** What people do wrong at its end. */
  readonly mistakes: readonly WrongState[];
  readonly words: Readonly<Record<Language, ChapterWords>>;
}

export interface Step {
  readonly id: StepId;
  /** Needs only the steps before it in its chapter; any other step needs all steps before it. */
  readonly independent: boolean;
  /** Steps of earlier chapters whose work this one changes on purpose; by `stepKey`. */
  readonly replaces: readonly string[];
  readonly actions: readonly Action[];
  readonly checks: readonly Check[];
  /** Hash of the step's definition and of the files that it uses. */
  readonly fingerprint: string;
}

/** `with` has been validated by the schema of the action's kind. */
export interface Action {
  readonly kind: string;
  readonly on: Target | undefined;
  readonly with: unknown;
}

/** A check of a chapter; with a target of several nodes it is observed once for each. */
export interface Check {
  readonly id: CheckId;
  readonly kind: string;
  readonly on: Target | undefined;
  readonly with: unknown;
  /** How long `lab up` gives it to come true; undefined = the default of its kind. */
  readonly withinSeconds: number | undefined;
}

export interface ChapterWords {
  readonly title: string;
  /** Markdown. */
  readonly intro: string;
  /** What stays of it, a sentence or two each: Markdown. */
  readonly learnt: readonly string[];
  readonly steps: Readonly<Record<string, StepWords>>;
  readonly checks: Readonly<Record<string, CheckWords>>;
}

export interface StepWords {
  readonly title: string;
  /** Markdown: one idea, one screen, with the commands to type. */
  readonly text: string;
  /** From a nudge to the answer. */
  readonly hints: readonly string[];
}

export interface CheckWords {
  /** A fact as a sentence: "every member lists the same three members". `{{ node.name }}` is allowed. */
  readonly title: string;
  readonly hint: string;
}
