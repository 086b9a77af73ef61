// pgbackrest.conf: sections and `key=value`, with the line that each stands in.

export interface PgbackrestSetting {
  readonly section: string;
  readonly key: string;
  readonly value: string;
  /** From 1 on. */
  readonly line: number;
  readonly text: string;
}

export function parseSettings(text: string): readonly PgbackrestSetting[] {
  let section = '';
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    const heading = /^\[(.+)\]$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    const [, key, value] = /^([a-z0-9-]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (heading !== undefined || key === undefined || value === undefined) return [];
    return [{ section, key, value, line: index + 1, text: line }];
  });
}

/** `[name]` and its line. */
export function sectionsOf(text: string): readonly { readonly name: string; readonly line: number }[] {
  return text.split('\n').flatMap((raw, index) => {
    const name = /^\[(.+)\]$/.exec(raw.trim())?.[1];
    return name === undefined ? [] : [{ name, line: index + 1 }];
  });
}

/** `global`, `global:backup` … are pgBackRest's own; all other sections are stanzas. */
export function isStanza(section: string): boolean {
  return section !== 'global' && !section.startsWith('global:');
}
