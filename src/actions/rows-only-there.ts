// Whether a member's data directory holds rows that its leader does not have. Asked before the directory goes.

import { succeeded } from '../model/command.ts';
import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { type ActionContext } from './kind.ts';
import { psqlInNode } from './psql-in-node.ts';
import { unseenData, wouldLose } from './would-lose.ts';

/** What pg_controldata says of a directory while PostgreSQL does not write there. */
export interface ControlData {
  readonly systemIdentifier: string;
  /** `shut down`, `in production`, `in archive recovery` … */
  readonly state: string;
  readonly timeline: number;
  readonly checkpoint: bigint;
}

/** What the leader says of itself. */
export interface LeaderData {
  readonly systemIdentifier: string;
  /** Where each timeline before its own ended. */
  readonly ends: ReadonlyMap<number, bigint>;
}

/**
 * A standby has no rows of its own. A leader that shut down wrote last of all the checkpoint of its end: who was promoted
 * after that has everything. One that was cut off may have written more than anybody has.
 */
export function hasRowsAlone(member: ControlData, leader: LeaderData): boolean {
  if (member.systemIdentifier !== leader.systemIdentifier) return true;
  if (member.state === 'in archive recovery' || member.state === 'shut down in recovery') return false;
  if (member.state !== 'shut down') return true;
  const end = leader.ends.get(member.timeline);
  return end === undefined || end <= member.checkpoint;
}

// Exit status 66: there is no database.
const script = `set -e
directory=$(ls -d /var/lib/postgresql/*/main 2>/dev/null | tail -n 1)
test -n "$directory" && test -e "$directory/global/pg_control" || exit 66
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
LC_ALL=C "$bin/pg_controldata" "$directory"`;

/** Throws `rows-only-there` unless everything on the node is on the leader too, and `data-unseen` where that is not told. */
export async function requireNoRowsAlone(context: ActionContext, node: NodeName, leader: NodeName): Promise<void> {
  const told = await context.attempt(node, ['sh', '-c', script]);
  if (told.exitStatus === 66) return;
  const member = succeeded(told) ? parseControlData(told.stdout) : null;
  if (member === null) throw unseenData(node, alone, told.stderr);
  const asked = await psqlInNode(context, leader, leaderSql);
  const of = succeeded(asked) ? parseLeaderData(asked.stdout) : null;
  if (of === null) throw unseenData(leader, alone, asked.stderr);
  if (!hasRowsAlone(member, of)) return;
  throw wouldLose(
    'rows-only-there',
    words(
      `The database on ${node} (${member.state}) may hold rows that ${leader}, which leads, does not have.`,
      `La base sur ${node} (${member.state}) peut contenir des lignes que ${leader}, qui mène, n'a pas.`,
    ),
    words(
      `Save what you need of it (lab save), then let Patroni make it anew: patronictl -c /etc/patroni/config.yml reinit`,
      `Sauvegardez ce qu'il vous en faut (lab save), puis laissez Patroni la refaire : patronictl -c /etc/patroni/config.yml reinit`,
    ),
  );
}

// Exit status 66: nothing is there; 65: something that is no database.
const besideScript = `set -e
test -n "$(ls -A "$1" 2>/dev/null)" || exit 66
test -e "$1/global/pg_control" || exit 65
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -n 1)
LC_ALL=C "$bin/pg_controldata" "$1"`;

/** What lies in a directory of its own is nothing, or a copy recovered from this cluster's backup. */
export async function requireCopyBeside(
  context: ActionContext,
  node: NodeName,
  leader: NodeName,
  directory: string,
): Promise<void> {
  const told = await context.attempt(node, ['sh', '-c', besideScript, 'beside', directory]);
  if (told.exitStatus === 66) return;
  const found = succeeded(told) ? parseControlData(told.stdout) : null;
  if (found === null && told.exitStatus !== 65) throw unseenData(node, alone, told.stderr);
  const asked = await psqlInNode(context, leader, leaderSql);
  const of = succeeded(asked) ? parseLeaderData(asked.stdout) : null;
  if (of === null) throw unseenData(leader, alone, asked.stderr);
  if (found?.systemIdentifier === of.systemIdentifier) return;
  throw wouldLose(
    'directory-of-others',
    words(
      `${directory} on ${node} is not a copy of this cluster.`,
      `${directory} sur ${node} n'est pas une copie de ce cluster.`,
    ),
    words(
      `Put it elsewhere: mv ${directory} ${directory}-mine`,
      `Mettez-le ailleurs : mv ${directory} ${directory}-mine`,
    ),
  );
}

const alone = words('rows are only there', 'des lignes ne sont que là');

export function parseControlData(output: string): ControlData | null {
  const value = (name: string) => new RegExp(`^${name}: +(.+)$`, 'm').exec(output)?.[1]?.trim();
  const systemIdentifier = value('Database system identifier');
  const state = value('Database cluster state');
  const timeline = Number(value("Latest checkpoint's TimeLineID"));
  const checkpoint = position(value('Latest checkpoint location'));
  if (systemIdentifier === undefined || state === undefined || checkpoint === null || !(timeline > 0)) return null;
  return { systemIdentifier, state, timeline, checkpoint };
}

const leaderSql = `select system_identifier from pg_control_system();
select pg_read_file('pg_wal/' || max(name)) from pg_ls_waldir() where name ~ '^[0-9A-F]{8}[.]history$';
`;

/** A line with its identifier, then the newest history file: timeline, where it ended, why. */
export function parseLeaderData(output: string): LeaderData | null {
  const [systemIdentifier = '', ...history] = output.split('\n');
  if (!/^\d+$/.test(systemIdentifier)) return null;
  const ends = history.flatMap((line): readonly (readonly [number, bigint])[] => {
    const [timeline, at] = line.split('\t');
    const end = position(at);
    return end === null ? [] : [[Number(timeline), end]];
  });
  return { systemIdentifier, ends: new Map(ends) };
}

/** `0/50000A0` */
function position(text: string | undefined): bigint | null {
  const [, high, low] = /^([0-9A-F]+)\/([0-9A-F]+)$/i.exec(text?.trim() ?? '') ?? [];
  return high === undefined || low === undefined ? null : (BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`);
}
