import { z } from 'zod';
import { dcsPrefix } from '../../probes/dcs.ts';
import { etcdNodes } from '../../probes/etcd-nodes.ts';
import { etcdCurl, fromEtcdBytes, toEtcdBytes } from '../../probes/etcd.ts';
import { parseJson } from '../../probes/parse-json.ts';
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
  /** Some etcd member has said that it will tell. */
  readonly watching: boolean;
  /** Comes back once nobody watches any more. */
  readonly ended: Promise<unknown>;
}

const message = z.object({
  result: z.object({
    created: z.boolean().optional(),
    events: z
      .array(
        z.object({
          type: z.string().optional(),
          kv: z.object({ value: z.string().default(''), mod_revision: z.string() }),
        }),
      )
      .default([]),
  }),
});

/** Every etcd member is asked to tell of each change, so that one that fails takes nothing with it. */
export function watchLeaderKey(context: ActionContext, seconds: number, stop: AbortSignal): KeyWatch {
  const { workshop } = context;
  const body = { create_request: { key: toEtcdBytes(`${dcsPrefix(workshop)}leader`) } };
  const changes = new Map<string, KeyChange>();
  let watching = false;
  const hear = (line: string): void => {
    const read = message.safeParse(parseJson(line));
    if (!read.success) return;
    watching ||= read.data.result.created === true;
    for (const { type, kv } of read.data.result.events) {
      if (changes.has(kv.mod_revision)) continue;
      changes.set(kv.mod_revision, { at: Date.now(), holder: type === 'DELETE' ? null : fromEtcdBytes(kv.value) });
    }
  };
  const ended = etcdNodes(workshop).map((member) =>
    context.attachToNetwork(etcdCurl(member, { path: 'watch', body, streamSeconds: seconds }), {
      signal: stop,
      timeoutSeconds: seconds + 10,
      onOutput: byLine(hear),
    }),
  );
  return {
    get changes() {
      return [...changes.values()];
    },
    get watching() {
      return watching;
    },
    ended: Promise.all(ended),
  };
}

function byLine(hear: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) hear(line);
  };
}
