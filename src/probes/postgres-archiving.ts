import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPostgres, type PostgresAnswer } from './postgres.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** How one PostgreSQL archives, and who says so. */
export interface Archiving {
  readonly mode: string;
  /** A changed archive_mode waits for a restart. */
  readonly pendingRestart: boolean;
  readonly command: string;
  /** The file that the command was read from; null = nobody set it. */
  readonly commandFile: string | null;
}

export const archivingSql =
  "select name, setting, pending_restart, sourcefile from pg_settings where name in ('archive_mode', 'archive_command')";

const row = z.object({
  name: z.string(),
  setting: z.string().nullable(),
  pending_restart: z.boolean(),
  sourcefile: z.string().nullable(),
});

export async function archiving(reach: Reach, node: NodeDefinition): Promise<Observed<PostgresAnswer<Archiving>>> {
  const asked = await askPostgres(reach, node, archivingSql, row);
  if (asked.kind === 'unseen') return asked;
  if (asked.value.kind !== 'answer') return seen(asked.value);
  const mode = asked.value.value.find(({ name }) => name === 'archive_mode');
  const command = asked.value.value.find(({ name }) => name === 'archive_command');
  return seen({
    kind: 'answer',
    value: {
      mode: mode?.setting ?? '',
      pendingRestart: mode?.pending_restart ?? false,
      command: command?.setting ?? '',
      commandFile: command?.sourcefile ?? null,
    },
  });
}
