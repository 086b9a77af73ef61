import { type PlanItem } from '../model/plan.ts';
import { type LabSession } from './session.ts';

/** Images that are being built; settled ones where there is nothing to build. */
export interface ComingImages {
  /** The first that a new node needs. */
  readonly any: Promise<void>;
  readonly all: Promise<void>;
  readonly of: (image: string) => Promise<void>;
}

/** Begins to build what the plan says is missing: a node is made as soon as its own image is there. */
export function comingImages(session: LabSession, items: readonly PlanItem[]): ComingImages {
  if (!items.some((item) => item.kind === 'prepare-images')) {
    return { any: Promise.resolve(), all: Promise.resolve(), of: () => Promise.resolve() };
  }
  const needed = new Set(items.flatMap((item) => (item.kind === 'create-node' ? [item.image] : [])));
  const arrive = new Map<string, () => void>();
  const arrivals = new Map(
    [...needed].map((name) => [name, new Promise<void>((resolve) => arrive.set(name, resolve))] as const),
  );
  const all = session.images.prepare((name) => arrive.get(name)?.());
  all.catch(() => undefined);
  // Once there is nothing more to come, whoever still waits has it or hears why not.
  return {
    any: Promise.race([all, ...arrivals.values()]),
    all,
    of: (image) => Promise.race([all, arrivals.get(image) ?? all]),
  };
}
