// Identifiers are branded: a node's name can't be passed where a chapter's id is meant.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A lab's name as typed with --lab, checked by `parseLabName`. */
export type LabName = Branded<'LabName'>;
/** A node of the workshop, also its host name: `etcd1`. */
export type NodeName = Branded<'NodeName'>;
/** `chapter-3`. */
export type ChapterId = Branded<'ChapterId'>;
export type StepId = Branded<'StepId'>;
export type CheckId = Branded<'CheckId'>;
/** A Debian release with the versions that come with it: `trixie`. */
export type EditionName = Branded<'EditionName'>;

export const labName = (text: string) => text as LabName;
export const nodeName = (text: string) => text as NodeName;
export const chapterId = (number: number) => `chapter-${String(number)}` as ChapterId;
export const stepId = (text: string) => text as StepId;
export const checkId = (text: string) => text as CheckId;
export const editionName = (text: string) => text as EditionName;
