import { type NodeDefinition } from '../../model/workshop.ts';
import { type ActionContext } from '../kind.ts';

/** Seconds from a server that is ready to a HAProxy that sends clients to it, at most, by its own configuration. */
export async function secondsUntilProxyIsUp(
  context: ActionContext,
  [proxy]: readonly NodeDefinition[],
): Promise<number> {
  if (proxy === undefined) return 0;
  const read = await context.attempt(proxy.name, ['cat', '/etc/haproxy/haproxy.cfg']);
  return checksUntilUp(read.stdout);
}

/** HAProxy's own values stand in for what is not written: `inter 2s`, `rise 2`. The longest of several counts. */
export function checksUntilUp(configuration: string): number {
  const lines = configuration.split('\n').filter((line) => /^\s*(default-server|server)\s/.test(line));
  const seconds = lines.map((line) => {
    const inter = toSeconds(/\binter\s+(\S+)/.exec(line)?.[1] ?? '2s');
    const slow = toSeconds(/\bdowninter\s+(\S+)/.exec(line)?.[1] ?? '') ?? inter ?? 2;
    return slow * Number(/\brise\s+(\d+)/.exec(line)?.[1] ?? 2);
  });
  return Math.max(0, ...seconds);
}

/** A number without a unit is in milliseconds. */
function toSeconds(text: string): number | null {
  const [, digits, unit = 'ms'] = /^(\d+)(us|ms|s|m)?$/.exec(text) ?? [];
  const size = { us: 1e-6, ms: 1e-3, s: 1, m: 60 }[unit];
  return digits === undefined || size === undefined ? null : Number(digits) * size;
}
