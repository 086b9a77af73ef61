// The file of variables that Debian's etcd unit reads, changed line by line. Pure.

/** ETCD_… without the prefix. */
export type Variables = Readonly<Record<string, string>>;

/** The value that counts: the last one, as systemd takes it; null where there is none. */
export function variableIn(text: string, name: string): string | null {
  const values = Array.from(text.matchAll(new RegExp(`^\\s*ETCD_${name}=(.*)$`, 'gm')), ([, value = '']) => value);
  return (
    values
      .at(-1)
      ?.trim()
      .replace(/^(["'])(.*)\1$/, '$2') ?? null
  );
}

/** The same text with these values: in their line where there is one, at the end where there is none. */
export function withVariables(text: string, variables: Variables): string {
  let changed = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  for (const [name, value] of Object.entries(variables)) {
    if (variableIn(changed, name) === value) continue;
    const line = new RegExp(`^\\s*ETCD_${name}=.*$`, 'gm');
    const assignment = `ETCD_${name}=${value}`;
    changed = line.test(changed) ? changed.replace(line, () => assignment) : `${changed}${assignment}\n`;
  }
  return changed;
}

/** Every URL of a list with https, each once: a member that served both serves the one. */
export function secured(urls: string): string {
  const list = urls.split(',').map((url) => url.trim().replace(/^http:/, 'https:'));
  return Array.from(new Set(list)).join(',');
}

/** The same for `etcd1=http://…`. */
export function securedMembers(list: string): string {
  return list.replaceAll('=http://', '=https://');
}
