/** Of a log line in JSON: what says nothing about the trouble. */
const noise = new Set(['level', 'ts', 'caller', 'logger', 'stacktrace', 'msg', 'error']);

/** A line of a log as a person reads it: etcd 3.5 writes JSON objects. */
export function readableMessage(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const entry = JSON.parse(message) as Readonly<Record<string, unknown>>;
    if (typeof entry['msg'] !== 'string') return message;
    const error = typeof entry['error'] === 'string' ? `: ${entry['error']}` : '';
    const rest = Object.entries(entry).filter(
      ([key, value]) => !noise.has(key) && ['string', 'number'].includes(typeof value),
    );
    const facts = rest.map(([key, value]) => `${key} ${String(value)}`).join(', ');
    return `${entry['msg']}${error}${facts === '' ? '' : ` (${facts})`}`;
  } catch {
    return message;
  }
}
