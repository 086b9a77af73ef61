import { type NodeName } from '../model/ids.ts';
import { waitUntil } from '../model/wait-until.ts';
import { words } from '../model/words.ts';
import { type ActionContext } from './kind.ts';
import { observeStreaming } from './observe-streaming.ts';

/** A workshop's database is copied within a few seconds. */
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
    const onTheirWay = streaming.members
      .filter((member) => member.role !== 'leader' && !doesNotFollow.includes(member.state))
      .filter((member) => !streaming.streamsTo.includes(member.name));
    const who = onTheirWay.map(({ name }) => name).join(', ');
    if (who !== '') context.progress(words(`until ${who} follows`, `en attendant que ${who} suive`));
    return onTheirWay.length === 0;
  };
  await waitUntil(allFollow, { withinSeconds: patienceSeconds, signal: context.signal });
}
