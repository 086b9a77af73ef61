import { type CommandResult } from '../../model/command.ts';
import { type NodeName } from '../../model/ids.ts';
import { moveIn, type Resident, type ResidentOptions } from '../../process/resident/move-in.ts';

export interface Residents {
  /** The result of a program in a node; null: nobody stays there, and the program was not started. */
  run(node: NodeName, argv: readonly string[], options: ResidentOptions): Promise<CommandResult | null>;
}

/**
 * Going into a node takes a fork of lab, lxc-attach and `timeout`: 25 ms and more of a busy machine, and a look at a cluster
 * asks dozens of things. `goIn`: the arguments that start a program in a node.
 */
export function createResidents(goIn: (node: NodeName, argv: readonly string[]) => readonly string[]): Residents {
  const residents = new Map<NodeName, Resident>();
  return {
    run: async (node, argv, options) => {
      if (options.signal?.aborted) return null;
      const known = residents.get(node);
      const there =
        known === undefined || known.ended()
          ? moveIn(node, (program) => goIn(node, program), { grace: 2, afterLab: 'end' })
          : known;
      residents.set(node, there);
      return there.run(argv, options);
    },
  };
}
