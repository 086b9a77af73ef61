import * as z from 'zod';
import { type ActionShape, type CheckShape, type WorkshopDeps } from '../../src/workshop/kinds.ts';

const file = z.object({ file: z.string() });
const args = z.record(z.string(), z.unknown());

/** `file` in the arguments names a file of the chapter. */
const action: ActionShape = {
  schema: args,
  files: (value) => {
    const { data } = file.safeParse(value);
    return data === undefined ? [] : [data.file];
  },
};
const check: CheckShape = { schema: args, scope: 'node' };

class EveryName<Kind> extends Map<string, Kind> {
  readonly #kind: Kind;
  constructor(kind: Kind) {
    super();
    this.#kind = kind;
  }
  override get(): Kind {
    return this.#kind;
  }
}

/** Kinds by any name, with any arguments. */
export const anyKinds: WorkshopDeps = { actionKinds: new EveryName(action), checkKinds: new EveryName(check) };
