// An apt of our own: an edition's sources and no installed packages, apart from the host's.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { words } from '../../../model/words.ts';
import { aptConfiguration } from './apt-configuration.ts';
import { type EditionSource, sourcesFile } from './edition-sources.ts';
import { succeeded } from '../../../model/command.ts';
import { type ImageWork } from './image-work.ts';

export interface PrivateApt {
  /** Where apt puts what it downloads. */
  readonly archives: string;
  /** The environment of an apt-get that works here. */
  readonly env: Readonly<Record<string, string>>;
}

export async function setUpPrivateApt(
  work: ImageWork,
  input: { readonly directory: string; readonly architecture: string; readonly sources: readonly EditionSource[] },
): Promise<PrivateApt> {
  const { directory, architecture } = input;
  const archives = join(directory, 'cache', 'archives');
  const folders = [join(directory, 'state', 'lists', 'partial'), join(archives, 'partial')];
  const etc = ['apt.conf.d', 'preferences.d', 'sources.list.d'].map((name) => join(directory, 'etc', name));
  for (const folder of [...folders, ...etc]) await mkdir(folder, { recursive: true });
  const host = await work.run(['apt-config', 'dump']);
  const configuration = join(directory, 'apt.conf');
  await writeFile(configuration, aptConfiguration({ directory, architecture, hostConfiguration: host.stdout }));
  await writeFile(join(directory, 'status'), '');
  const apt: PrivateApt = { archives, env: { APT_CONFIG: configuration } };
  await readPackageLists(work, apt, directory, input.sources);
  return apt;
}

/** What a mirror may lack is left out; everything else that fails is a failure. */
async function readPackageLists(
  work: ImageWork,
  apt: PrivateApt,
  directory: string,
  sources: readonly EditionSource[],
): Promise<void> {
  work.progress(words('reading the package lists', 'lecture des listes de paquets'));
  await writeFile(join(directory, 'etc', 'sources.list.d', 'edition.sources'), sourcesFile(sources));
  const update = await work.attempt(['apt-get', 'update'], { env: apt.env });
  if (succeeded(update)) return;
  const missing = missingSuites(update.stderr);
  const rest = sources.filter((source) => !missing.includes(source.suite));
  const goesWithout =
    rest.length < sources.length && sources.every((source) => rest.includes(source) || !source.needed);
  if (!goesWithout) throw work.failure(update);
  await readPackageLists(work, apt, directory, rest);
}

function missingSuites(said: string): readonly string[] {
  return [...said.matchAll(/The repository '\S+ (\S+) Release' does not have a Release file/g)].map(
    (match) => match[1] ?? '',
  );
}
