import { type NodeName } from './ids.ts';

/** Where something happens. Roles are resolved when the step runs. */
export type Target =
  | { readonly kind: 'node'; readonly node: NodeName }
  | { readonly kind: 'group'; readonly group: string; readonly nodes: readonly NodeName[] }
  | { readonly kind: 'role'; readonly role: 'leader' | 'replicas' };
