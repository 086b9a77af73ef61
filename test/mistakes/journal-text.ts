// journalctl's JSON as lines for people: `1796169626935739 u=patroni.service i=75d496 b=43c9b7 s=patroni | the message`. Its
// fields come in a random order, with numbers that no probe reads.

const short: Readonly<Record<string, string>> = {
  _SYSTEMD_UNIT: 'u',
  UNIT: 'about',
  _SYSTEMD_INVOCATION_ID: 'i',
  INVOCATION_ID: 'j',
  _BOOT_ID: 'b',
  SYSLOG_IDENTIFIER: 's',
  MESSAGE_ID: 'm',
  JOB_TYPE: 'job',
  JOB_RESULT: 'result',
};
const long = new Map(Object.entries(short).map(([name, letter]) => [letter, name]));

/** What can't be told so stays as it is: a message of several lines, or of bytes. */
export function journalText(line: string): string {
  if (!line.startsWith('{')) return line;
  const {
    __REALTIME_TIMESTAMP: at,
    MESSAGE: message,
    ...others
  } = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const fields = Object.entries(short).flatMap(([name, letter]) =>
    name in others ? [[letter, others[name]] as const] : [],
  );
  const simple = fields.every(([, value]) => typeof value === 'string' && /^\S+$/.test(value));
  if (typeof at !== 'string' || typeof message !== 'string' || message.includes('\n') || !simple) return line;
  return [at, ...fields.map(([letter, value]) => `${letter}=${String(value)}`), '|', message].join(' ');
}

export function journalJson(line: string): string {
  const {
    at,
    fields = '',
    message = '',
  } = /^(?<at>\d{16}) (?<fields>(?:\w+=\S+ )*)\| (?<message>.*)$/.exec(line)?.groups ?? {};
  if (at === undefined) return line;
  const named = Array.from(fields.matchAll(/(\w+)=(\S+) /g), ([, letter = '', value = '']) => [
    long.get(letter) ?? letter,
    value,
  ]);
  return JSON.stringify({ ...Object.fromEntries(named), __REALTIME_TIMESTAMP: at, MESSAGE: message });
}
