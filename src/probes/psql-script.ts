// Several statements for one psql, on its standard input; pure. After each of them psql says on both of its streams that
// it is done with it, so that each has its own output and its own errors, as if it had been alone.

import { createHash } from 'node:crypto';
import { type CommandResult } from '../model/command.ts';

/** `statements`: without a semicolon at the end, and without psql's own commands and variables. */
export function psqlScript(statements: readonly string[]): string {
  const mark = markOf(statements);
  return statements
    .map((statement, index) => `${statement};\n\\echo ${mark} ${String(index)} :ERROR\n\\warn ${mark}\n`)
    .join('');
}

/**
 * What psql brought back for each, with the exit status of a psql that was asked nothing else: 1 after an error. null: it
 * came to no end. A psql that has no connection, or loses it, has the exit status 2; what it says then is said for all
 * that it has not answered.
 */
export function readPsqlScript(
  statements: readonly string[],
  result: CommandResult,
): readonly (CommandResult | null)[] {
  const mark = markOf(statements);
  // Output, number and `true` (an error), again and again, and what came after the last of them.
  const outputs = result.stdout.split(new RegExp(`^${mark} (\\d+) (true|false)\n`, 'm'));
  const errors = result.stderr.split(`${mark}\n`);
  return statements.map((_statement, index) => {
    const [stdout = '', number, failed] = outputs.slice(index * 3);
    // What it came to no end with has no number.
    if (number === String(index)) {
      return { ...result, exitStatus: failed === 'true' ? 1 : 0, stdout, stderr: errors[index] ?? '' };
    }
    const isLast = result.exitStatus === 2 || statements.length === 1;
    return isLast ? { ...result, stdout: outputs.at(-1) ?? '', stderr: errors.at(-1) ?? '' } : null;
  });
}

/** A hash of what is asked: neither a row nor an error message has such a line by chance. */
function markOf(statements: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(statements)).digest('hex');
  return `answered-${hash.slice(0, 16)}`;
}
