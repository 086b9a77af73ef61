// How pgBackRest is asked what its repository holds: in a node, as postgres, leaving no log.

import * as z from 'zod';
import { type CommandResult } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { lookInNode } from './look-in-node.ts';
import { parseJson } from './parse-json.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export type BackupType = 'full' | 'diff' | 'incr';

export interface Backup {
  /** `20261123-192920F`; of an incremental one `20261123-192920F_20261123-192922I`. */
  readonly label: string;
  readonly type: BackupType;
  /** The backup that this one stands on. */
  readonly prior: string | null;
  /** Pages with wrong checksums were met. */
  readonly error: boolean;
  /** Seconds since 1970. */
  readonly stoppedAt: number;
}

export interface Stanza {
  readonly name: string;
  /** 0 = ok, 1 = missing stanza path, 2 = no valid backups, 99 = another trouble, which `message` tells. */
  readonly code: number;
  readonly message: string;
  /** Oldest first. */
  readonly backups: readonly Backup[];
  /** Name of the newest WAL segment in the archive of the current database; null = none. */
  readonly newestWal: string | null;
  /** System identifier of the current database; null = no stanza. */
  readonly systemId: string | null;
}

/** `error`: pgBackRest ended with an error, or is not there; its last words. */
export type PgbackrestAnswer<T> =
  { readonly kind: 'answer'; readonly value: T } | { readonly kind: 'error'; readonly message: string };

const quiet = ['--log-level-file=off', '--log-level-console=off', '--log-level-stderr=error'];

export function pgbackrestCommand(stanza: string, words: string): string {
  return `sudo -u postgres pgbackrest --stanza=${stanza} ${words}`;
}

export async function stanzaInfo(
  reach: Reach,
  node: NodeDefinition,
  stanza: string,
): Promise<Observed<PgbackrestAnswer<Stanza>>> {
  const looked = await runPgbackrest(reach, node, [`--stanza=${stanza}`, 'info', '--output=json']);
  return looked.kind === 'unseen' ? looked : seen(readStanza(looked.value));
}

/** Names of the stanzas that the repository has. */
export async function stanzaNames(reach: Reach, node: NodeDefinition): Promise<Observed<readonly string[]>> {
  const looked = await runPgbackrest(reach, node, ['info', '--output=json']);
  if (looked.kind === 'unseen') return looked;
  const read = z.array(z.object({ name: z.string() })).safeParse(parseJson(looked.value.stdout));
  return seen(read.success ? read.data.map(({ name }) => name).filter((name) => name !== '[invalid]') : []);
}

/** Reads every backup and WAL segment again: what pgBackRest says of each, in its own words. */
export async function verifyRepository(
  reach: Reach,
  node: NodeDefinition,
  stanza: string,
): Promise<Observed<PgbackrestAnswer<readonly string[]>>> {
  const looked = await runPgbackrest(reach, node, [`--stanza=${stanza}`, 'verify', '--output=text', '--verbose']);
  return looked.kind === 'unseen' ? looked : seen(readVerification(looked.value));
}

function runPgbackrest(reach: Reach, node: NodeDefinition, argv: readonly string[]): Promise<Observed<CommandResult>> {
  return lookInNode(reach, node.name, ['runuser', '-u', 'postgres', '--', 'pgbackrest', ...quiet, ...argv]);
}

const backupSchema = z.object({
  label: z.string(),
  type: z.enum(['full', 'diff', 'incr']),
  prior: z.string().nullable(),
  error: z.boolean().nullish(),
  timestamp: z.object({ stop: z.number() }),
});
const stanzaSchema = z.object({
  name: z.string(),
  status: z.object({ code: z.int(), message: z.string() }),
  repo: z.array(z.object({ status: z.object({ message: z.string() }) })).default([]),
  backup: z.array(backupSchema).default([]),
  db: z.array(z.object({ id: z.int(), 'system-id': z.string() })).default([]),
  archive: z.array(z.object({ database: z.object({ id: z.int() }), max: z.string().nullish() })).default([]),
});

export function readStanza(result: Pick<CommandResult, 'exitStatus' | 'stdout' | 'stderr'>): PgbackrestAnswer<Stanza> {
  // A number of 64 bits, too long for JSON.parse.
  const text = result.stdout.replaceAll(/("system-id":)(\d+)/g, '$1"$2"');
  const read = z.array(stanzaSchema).min(1).safeParse(parseJson(text));
  if (!read.success) return { kind: 'error', message: lastWords(result) };
  const [{ name, status, repo, backup, db, archive }] = read.data as [z.infer<typeof stanzaSchema>];
  const current = db.at(-1);
  return {
    kind: 'answer',
    value: {
      name,
      code: status.code,
      message: repo[0]?.status.message ?? status.message,
      backups: backup.map(({ label, type, prior, error, timestamp }) => ({
        label,
        type,
        prior,
        error: error === true,
        stoppedAt: timestamp.stop,
      })),
      newestWal: archive.findLast(({ database }) => database.id === current?.id)?.max ?? null,
      systemId: current?.['system-id'] ?? null,
    },
  };
}

/** Its exit status is 0 also when it finds errors: the text tells. */
export function readVerification(
  result: Pick<CommandResult, 'exitStatus' | 'stdout' | 'stderr'>,
): PgbackrestAnswer<readonly string[]> {
  const lines = result.stdout.split('\n').filter((line) => line.trim() !== '');
  return lines.some((line) => line.startsWith('status: '))
    ? { kind: 'answer', value: lines }
    : { kind: 'error', message: lastWords(result) };
}

/** `ERROR: [056]: unable to find primary cluster`, without the hints below it. */
function lastWords({ stdout, stderr }: Pick<CommandResult, 'stdout' | 'stderr'>): string {
  const lines = `${stderr}\n${stdout}`.split('\n').map((line) => line.trim());
  return lines.find((line) => line.includes('ERROR:')) ?? lines.find((line) => line !== '') ?? '';
}
