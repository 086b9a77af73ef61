// What this host's own apt is configured with.

import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { settleAll } from '../../../model/settle-all.ts';
import { type AptSource, parseListFile, parseSourcesFile } from './apt-sources.ts';

/** The sources that the host's own apt has. */
export async function readHostSources(directory = '/etc/apt'): Promise<readonly AptSource[]> {
  const parts = join(directory, 'sources.list.d');
  const names = await readdir(parts).catch(() => []);
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  const of = async (suffix: string, parse: (text: string) => readonly AptSource[]): Promise<readonly AptSource[]> => {
    const files = names.filter((name) => name.endsWith(suffix)).sort();
    return (await settleAll(files.map((name) => read(join(parts, name))))).flatMap(parse);
  };
  const main = parseListFile(await read(join(directory, 'sources.list')));
  return [...main, ...(await of('.list', parseListFile)), ...(await of('.sources', parseSourcesFile))];
}

const keyrings = ['debian-archive-keyring.pgp', 'debian-archive-keyring.gpg'];

/** The keys that Debian signs its releases with, from the package debian-archive-keyring. */
export async function findKeyring(directory = '/usr/share/keyrings'): Promise<string | undefined> {
  for (const name of keyrings) {
    const path = join(directory, name);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}
