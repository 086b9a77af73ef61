import type * as z from 'zod';

/** What the loader has to know of an action's kind; src/actions has the rest. */
export interface ActionShape {
  readonly schema: z.ZodType;
  /** Files of the chapter's files/ folder that an action with these (validated) arguments uses. */
  files?(args: unknown): readonly string[];
}

/** What the loader has to know of a check's kind; src/checks has the rest. */
export interface CheckShape {
  readonly schema: z.ZodType;
  readonly scope: 'node' | 'cluster';
  /** Files of the chapter's files/ folder that it compares with. */
  files?(args: unknown): readonly string[];
}

/** The kinds that a chapter may use, by name: `do: write-file`, `expect: service-runs`. */
export interface WorkshopDeps {
  readonly actionKinds: ReadonlyMap<string, ActionShape>;
  readonly checkKinds: ReadonlyMap<string, CheckShape>;
}
