// What somebody did wrong at the end of a chapter, as `mistakes.yml` beside the chapter tells it: `lab verify` must catch
// it and name the cause.

import { type CheckId, type EditionName, type NodeName } from './ids.ts';
import { type Target } from './target.ts';

export interface WrongState {
  /** Unique in its chapter. */
  readonly id: string;
  /** In a few words, for whoever reads a list of them. */
  readonly what: string;
  /** Where it is made; others have other versions, and may take it otherwise. */
  readonly editions: readonly EditionName[];
  /** In their order; each is over before the next begins. */
  readonly make: readonly Change[];
  readonly undo: Undo;
  /** These fail, with these causes. */
  readonly caught: readonly Catch[];
  /** These fail too, as a consequence. All others pass. */
  readonly also: readonly CheckId[];
}

/** Roles are those of the moment before anything was changed; `replica` is one of them, in the workshop's order. */
export type Place = Target | { readonly kind: 'role'; readonly role: 'replica' };

export type Change =
  /** A script for `sh -e`, as root, side by side in all the nodes. `keep` is put back when the mistake is undone. */
  | { readonly kind: 'run'; readonly on: Place; readonly keep: string | undefined; readonly script: string }
  /** `lab fault`; undone by `lab heal`. */
  | { readonly kind: 'fault'; readonly on: Place; readonly fault: string }
  /** A certificate of the authority that the node trusts, right but for what is said here. */
  | { readonly kind: 'certificate'; readonly on: Place; readonly certificate: CertificateChange }
  /** The private key of that authority, put on the node. */
  | { readonly kind: 'authority-key'; readonly on: Place; readonly path: string };

export interface CertificateChange {
  /** `server` of an etcd member, or `client` of Patroni. */
  readonly of: 'server' | 'client';
  readonly names: readonly string[] | undefined;
  readonly addresses: readonly string[] | undefined;
  readonly usages: readonly ('server' | 'client')[] | undefined;
  /** Days from now; negative: it is over. */
  readonly validFrom: number | undefined;
  readonly validUntil: number | undefined;
}

export type Undo =
  /** By the product's own way back. */
  | { readonly kind: 'up' }
  /** By the checkpoint that was taken before. */
  | { readonly kind: 'restore' }
  /** What was kept is put back, and then this. */
  | { readonly kind: 'changes'; readonly changes: readonly Change[] };

export interface Catch {
  readonly check: CheckId;
  /** undefined: on whichever node, or about the cluster. */
  readonly on: { readonly node: NodeName } | { readonly role: 'leader' | 'replica' } | undefined;
  /** The source of a regular expression that is found in the cause or the hint, in English. */
  readonly cause: string;
}
