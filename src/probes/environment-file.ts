// Reads a file of EnvironmentFile= as systemd does (systemd.exec(5)); pure.

import { type SourceFile, type SourceLine } from './systemd-unit-files.ts';

export interface EnvironmentFile {
  readonly assignments: readonly EnvironmentAssignment[];
  /** Lines that systemd passes over with a warning: `export ETCD_NAME=etcd1`. */
  readonly ignored: readonly SourceLine[];
}

export interface EnvironmentAssignment {
  readonly name: string;
  readonly value: string;
  readonly origin: SourceLine;
}

export function parseEnvironmentFile(file: SourceFile): EnvironmentFile {
  const assignments: EnvironmentAssignment[] = [];
  const ignored: SourceLine[] = [];
  for (const origin of logicalLines(file)) {
    const [, name, value] = /^([^=]*)=([\s\S]*)$/.exec(origin.text) ?? [];
    if (name !== undefined && value !== undefined && /^[A-Za-z_][A-Za-z0-9_]*$/.test(name.trim())) {
      assignments.push({ name: name.trim(), value: unquoted(value.trim()), origin });
    } else ignored.push(origin);
  }
  return { assignments, ignored };
}

/** Without comments and empty lines; a backslash at the end of a line takes the next one in. */
function logicalLines({ path, text }: SourceFile): readonly SourceLine[] {
  const lines: SourceLine[] = [];
  let pending: SourceLine | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    if (pending === null && (raw.trim() === '' || /^\s*[#;]/.test(raw))) continue;
    const start: SourceLine = pending ?? { file: path, line: index + 1, text: '' };
    const joined = { ...start, text: start.text + raw.replace(/\\$/, '') };
    pending = raw.endsWith('\\') ? joined : null;
    if (pending === null) lines.push({ ...joined, text: joined.text.trim() });
  }
  return pending === null ? lines : [...lines, pending];
}

/** Quotes count only around a whole value or part of it; there is no shell: `$(…)` stays as it is. */
function unquoted(value: string): string {
  return value.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_all, double?: string, single?: string) =>
    double === undefined ? (single ?? '') : double.replace(/\\(.)/g, '$1'),
  );
}
