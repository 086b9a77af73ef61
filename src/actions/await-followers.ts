import { type NodeName } from '../model/ids.ts';
import { waitUntil } from '../model/wait-until.ts';
import { type ActionContext } from './kind.ts';
import { observeStreaming } from './observe-streaming.ts';

/** A workshop's database is rewound or copied in half of it. */
const patienceSeconds = 20;

/** States of a member that Patroni is not bringing to follow its leader. */
const doesNotFollow: readonly string[] = ['stopping', 'stopped', 'start failed', 'crashed'];

/**
 * Before the leader on a node is stopped: waits until the members that are on their way to it stream from it. One that is
 * rewound or copied from a leader that goes away can be left waiting for WAL that it never asks for. Does not wait for a
 * replica's restart, nor longer than its patience: what keeps a member from following may be what the restart mends.
 */
export async function awaitFollowers(context: ActionContext, node: NodeName): Promise<void> {
  const allFollow = async (): Promise<boolean> => {
    const streaming = await observeStreaming(await context.look());
    if (streaming?.leader.name !== node) return true;
    return streaming.members
      .filter((member) => member.role !== 'leader' && !doesNotFollow.includes(member.state))
      .every((member) => streaming.streamsTo.includes(member.name));
  };
  await waitUntil(allFollow, { withinSeconds: patienceSeconds, signal: context.signal });
}
