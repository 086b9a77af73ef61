import * as z from 'zod';
import { succeeded } from '../../model/command.ts';
import { type NodeDefinition } from '../../model/workshop.ts';
import { byLine } from '../../model/by-line.ts';
import { words } from '../../model/words.ts';
import { dcsPrefix } from '../../probes/dcs.ts';
import { fromEtcdBytes } from '../../probes/etcd.ts';
import { parseJson } from '../../probes/parse-json.ts';
import { etcdNodes, leadersSeen } from '../etcd-nodes.ts';
import { attachEtcdctl, attemptEtcdctl } from '../etcdctl.ts';
import { type ActionContext } from '../kind.ts';

/** The leader key was put (by that member) or went. */
export interface KeyChange {
  /** Milliseconds since 1970, when we were told. */
  readonly at: number;
  /** The member that holds it; null: it is gone. */
  readonly holder: string | null;
}

export interface KeyWatch {
  /** In the order in which they came. */
  readonly changes: readonly KeyChange[];
  /** Some etcd member tells. */
  readonly watching: boolean;
  /** Comes back once nobody watches any more. */
  readonly ended: Promise<unknown>;
}

/** As etcdctl writes it: type 1 is a deletion, none a put. */
const message = z.object({
  Events: z.array(
    z.object({
      type: z.int().optional(),
      kv: z.object({ key: z.string(), value: z.string().default(''), mod_revision: z.int() }),
    }),
  ),
});

/**
 * Every etcd member is asked to tell of each change, so that one that fails takes nothing with it. All of Patroni's keys
 * are watched, from their latest change on: hearing that one proves that the watch is there.
 */
export function watchLeaderKey(context: ActionContext, seconds: number, stop: AbortSignal): KeyWatch {
  const leaderKey = `${dcsPrefix(context.workshop)}leader`;
  const changes = new Map<number, KeyChange>();
  const heard: { revision: number | null } = { revision: null };
  const hear = (line: string): void => {
    const read = message.safeParse(parseJson(line));
    if (!read.success) return;
    for (const { type, kv } of read.data.Events) {
      heard.revision = Math.max(heard.revision ?? 0, kv.mod_revision);
      if (fromEtcdBytes(kv.key) !== leaderKey || changes.has(kv.mod_revision)) continue;
      changes.set(kv.mod_revision, { at: Date.now(), holder: type === 1 ? null : fromEtcdBytes(kv.value) });
    }
  };
  const watch = async (member: NodeDefinition): Promise<void> => {
    while (!stop.aborted) {
      const from = heard.revision === null ? await latestChange(context, member) : heard.revision + 1;
      if (from !== null) await watchFrom(context, member, from, { seconds, stop, hear });
      // etcdctl gives up where a member has lost its leader.
      await seesLeader(context, member, seconds, stop);
    }
  };
  const ended = Promise.allSettled(etcdNodes(context).map(watch));
  return {
    get changes() {
      return [...changes.values()];
    },
    get watching() {
      return heard.revision !== null;
    },
    ended,
  };
}

const changed = z.object({ kvs: z.array(z.object({ mod_revision: z.int() })).min(1) });

/** The revision of what was written last under Patroni's prefix: it can't be compacted away yet. */
async function latestChange(context: ActionContext, { name }: NodeDefinition): Promise<number | null> {
  const latest = ['--sort-by=MODIFY', '--order=DESCEND', '--limit=1', '--keys-only', '--write-out=json'];
  const answer = await attemptEtcdctl(context, name, ['get', '--prefix', dcsPrefix(context.workshop), ...latest]);
  const read = succeeded(answer) ? changed.safeParse(parseJson(answer.stdout)) : null;
  return read?.data?.kvs[0]?.mod_revision ?? null;
}

/**
 * Longest life of one etcdctl; the next goes on from the revision heard last. One whose lab was interrupted stays in its
 * node for no longer: ending what attached it there does not end it.
 */
const leashSeconds = 15;

/** Of etcdctl, in characters: etcd itself takes no request above 1.5 MiB. */
const longestMessage = 16 * 1024 * 1024;

function watchFrom(
  context: ActionContext,
  { name }: NodeDefinition,
  revision: number,
  {
    seconds,
    stop,
    hear,
  }: { readonly seconds: number; readonly stop: AbortSignal; readonly hear: (line: string) => void },
) {
  const args = ['watch', '--prefix', dcsPrefix(context.workshop), `--rev=${String(revision)}`, '--write-out=json'];
  return attachEtcdctl(context, name, args, {
    signal: stop,
    timeoutSeconds: Math.min(seconds, leashSeconds),
    onOutput: byLine(hear, longestMessage),
  });
}

async function seesLeader(context: ActionContext, member: NodeDefinition, seconds: number, stop: AbortSignal) {
  await context.waitFor(
    words(`etcd on ${member.name} follows a leader`, `etcd sur ${member.name} suit un leader`),
    seconds,
    async () => stop.aborted || (await leadersSeen(context, [member]))[0] !== null,
  );
}
