import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** One entry of a node's systemd journal. */
export interface JournalLine {
  /** Microseconds since 1970, by the node's clock, which is the host's: instants of several nodes can be compared. */
  readonly atUs: number;
  readonly message: string;
  /** The unit that wrote it, or that systemd wrote it about: `etcd.service`. */
  readonly unit: string | null;
  /** Names the run of the unit; `SystemdUnit.invocation` is the last one. */
  readonly invocation: string | null;
  /** systemd's catalogue number of the message. */
  readonly messageId: string | null;
  /** Of a job that systemd ended: `start`, `stop`, `restart`. */
  readonly jobType: string | null;
  readonly jobResult: string | null;
  /** Who wrote: `systemd`, `etcd`. */
  readonly identifier: string | null;
  readonly boot: string | null;
}

export interface JournalQuery {
  /** Lines of and about this service: `etcd`. */
  readonly unit?: string;
  /** Instead of it, terms as journalctl takes them: `MESSAGE_ID=…`, `+`. */
  readonly terms?: readonly string[];
  /** Only messages in which this is found (PCRE, as `journalctl --grep` takes it). */
  readonly grep?: string;
  /** Only since the node last started. */
  readonly thisBoot?: boolean;
  /** Only from this moment on, and only up to this one; seconds since 1970. */
  readonly sinceSeconds?: number;
  readonly untilSeconds?: number;
  /** At most so many, the newest ones. */
  readonly last: number;
}

const fields =
  'MESSAGE,UNIT,_SYSTEMD_UNIT,INVOCATION_ID,_SYSTEMD_INVOCATION_ID,MESSAGE_ID,JOB_TYPE,JOB_RESULT,SYSLOG_IDENTIFIER,_BOOT_ID';

/** Oldest first. */
export async function journalLines(
  reach: Reach,
  node: NodeName,
  query: JournalQuery,
): Promise<Observed<readonly JournalLine[]>> {
  const looked = await lookInNode(reach, node, [
    'journalctl',
    '--no-pager',
    '--quiet',
    '--output=json',
    `--output-fields=${fields}`,
    `--lines=${String(query.last)}`,
    ...(query.thisBoot === true ? ['--boot'] : []),
    ...(query.sinceSeconds === undefined ? [] : [`--since=@${query.sinceSeconds.toFixed(6)}`]),
    ...(query.untilSeconds === undefined ? [] : [`--until=@${query.untilSeconds.toFixed(6)}`, '--reverse']),
    ...(query.grep === undefined ? [] : [`--grep=${query.grep}`]),
    ...(query.unit === undefined ? [] : termsOfUnit(query.unit)),
    ...(query.terms ?? []),
  ]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  // With both --grep and --lines journalctl looks from the newest back. Without a single entry journalctl ends with 1 in some versions, and says nothing.
  // So it does with --reverse, without which Debian 12's takes the last lines of all before it looks at --until.
  const newestFirst = query.grep !== undefined || query.untilSeconds !== undefined;
  if (exitStatus === 0 || (stdout === '' && stderr.trim() === ''))
    return seen(newestFirst ? parseJournalLines(stdout).toReversed() : parseJournalLines(stdout));
  const why = stderr.trim();
  return unseen(
    words(`the journal of ${node} could not be read: ${why}`, `le journal de ${node} n'a pas pu être lu : ${why}`),
  );
}

/**
 * What `journalctl -u` does, and the lines of a process that ended before journald could look up its unit: those that
 * say why it did not start (seen once in six starts).
 */
function termsOfUnit(unit: string): readonly string[] {
  const service = unit.includes('.') ? unit : `${unit}.service`;
  return [
    `UNIT=${service}`,
    '+',
    `_SYSTEMD_UNIT=${service}`,
    '+',
    `SYSLOG_IDENTIFIER=${service.replace(/\.service$/, '')}`,
  ];
}

/** `output`: of `journalctl -o json`, an object a line; a line that was cut off is left out. */
export function parseJournalLines(output: string): readonly JournalLine[] {
  return output.split('\n').flatMap((line) => {
    const entry = parseEntry(line);
    return entry === null ? [] : [toJournalLine(entry)];
  });
}

type Entry = Readonly<Record<string, unknown>>;

function parseEntry(line: string): Entry | null {
  if (!line.startsWith('{')) return null;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return null;
  }
}

function toJournalLine(entry: Entry): JournalLine {
  const field = (name: string) => text(entry[name]);
  return {
    atUs: Number(field('__REALTIME_TIMESTAMP')),
    message: field('MESSAGE') ?? '',
    unit: field('UNIT') ?? field('_SYSTEMD_UNIT'),
    invocation: field('INVOCATION_ID') ?? field('_SYSTEMD_INVOCATION_ID'),
    messageId: field('MESSAGE_ID'),
    jobType: field('JOB_TYPE'),
    jobResult: field('JOB_RESULT'),
    identifier: field('SYSLOG_IDENTIFIER'),
    boot: field('_BOOT_ID'),
  };
}

/** journalctl writes bytes that are not text (colours, a broken encoding) as a list of numbers, a repeated field as a list. */
function text(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (!Array.isArray(value)) return null;
  if (value.every((part) => typeof part === 'number')) return Buffer.from(value).toString('utf8');
  return text(value[0]);
}
