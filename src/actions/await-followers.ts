import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { memberOn } from '../probes/patroni-member.ts';
import { patroniNodes } from '../probes/patroni.ts';
import { type Reach } from '../probes/reach.ts';
import { type ActionContext } from './kind.ts';
import { observeStreaming } from './observe-streaming.ts';

/** A workshop's database is copied within a few seconds. */
const patienceSeconds = 20;

/**
 * Before the leader on a node is stopped: waits until the members that are on their way to it stream from it. One that is
 * rewound or copied from a leader that goes away can be left waiting for WAL that it never asks for. Does not wait for a
 * replica's restart, nor longer than its patience: what keeps a member from following may be what the restart mends.
 */
export async function awaitFollowers(context: ActionContext, node: NodeName): Promise<void> {
  const allFollow = async (): Promise<boolean> => {
    const reach = await context.look();
    const streaming = await observeStreaming(reach);
    if (streaming?.leader.name !== node) return true;
    const others = patroniNodes(reach.workshop).filter(({ name }) => name !== node);
    const waiting = others.filter(({ member = '' }) => !streaming.streamsTo.includes(member));
    const coming = await settleAll(waiting.map((other) => isOnItsWay(reach, other)));
    const who = waiting.flatMap(({ name }, at) => (coming[at] === true ? [name] : [])).join(', ');
    if (who !== '') context.progress(words(`until ${who} follows`, `en attendant que ${who} suive`));
    return who === '';
  };
  await waitUntil(allFollow, { withinSeconds: patienceSeconds, signal: context.signal });
}

/**
 * Asked from the member itself: it says `stopped` while it is rewound, and so does etcd of one whose copy has just begun,
 * as of one whose Patroni is gone. Where Patroni runs, it brings its PostgreSQL to follow, unless that does not start.
 */
async function isOnItsWay(reach: Reach, node: NodeDefinition): Promise<boolean> {
  const self = await memberOn(reach, node);
  return self.kind === 'seen' && self.value.kind === 'answer' && self.value.value.state !== 'start failed';
}
