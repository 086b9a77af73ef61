// A wait looks at a lab many times a second, and asking LXC about every node costs more than most probes: one answer
// serves for a moment, until lab itself changes something.

import { type LabObservation } from '../model/observation.ts';
import { type NodeCopies } from './node-copies.ts';
import { type Provider } from './provider.ts';

/** How long what somebody else did to a node may go unnoticed. */
const rememberMilliseconds = 500;

export interface NodesOfLab {
  readonly provider: Provider;
  readonly copies: NodeCopies;
}

/** The same provider and copies, whose `observe` may be half a second old, but never older than their last own change. */
export function rememberObservation({ provider, copies }: NodesOfLab, now: () => number = Date.now): NodesOfLab {
  let remembered: { readonly at: number; readonly observation: Promise<LabObservation> } | undefined;
  const forget = (): void => {
    remembered = undefined;
  };
  const observe = (): Promise<LabObservation> => {
    if (remembered && now() - remembered.at < rememberMilliseconds) return remembered.observation;
    const observation = provider.observe();
    remembered = { at: now(), observation };
    observation.catch(forget);
    return observation;
  };
  const changing = async <T>(change: () => Promise<T>): Promise<T> => {
    try {
      return await change();
    } finally {
      forget();
    }
  };
  return {
    provider: {
      ...provider,
      observe,
      createNetwork: () => changing(() => provider.createNetwork()),
      destroyNetwork: () => changing(() => provider.destroyNetwork()),
      createNode: (spec) => changing(() => provider.createNode(spec)),
      startNode: (node, signal) => changing(() => provider.startNode(node, signal)),
      stopNode: (node, how) => changing(() => provider.stopNode(node, how)),
      destroyNode: (node) => changing(() => provider.destroyNode(node)),
      setFrozen: (node, frozen) => changing(() => provider.setFrozen(node, frozen)),
      limitDisk: (node, extraBytes) => changing(() => provider.limitDisk(node, extraBytes)),
    },
    copies: {
      copy: (nodes, folder, signal) => changing(() => copies.copy(nodes, folder, signal)),
      replace: (folder, options) => changing(() => copies.replace(folder, options)),
      removeAll: (options) => changing(() => copies.removeAll(options)),
      mend: (settle) => changing(() => copies.mend(settle)),
    },
  };
}
