/** A line of a log as a person reads it: etcd 3.5 writes JSON objects, of which message and error matter. */
export function readableMessage(message: string): string {
  if (!message.startsWith('{')) return message;
  try {
    const { msg, error } = JSON.parse(message) as { readonly msg?: unknown; readonly error?: unknown };
    if (typeof msg !== 'string') return message;
    return typeof error === 'string' ? `${msg}: ${error}` : msg;
  } catch {
    return message;
  }
}
