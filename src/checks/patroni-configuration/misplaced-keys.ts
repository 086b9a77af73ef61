import { nearest } from '../../model/nearest.ts';
import { words } from '../../model/words.ts';
import { entryAt, textOf, textsOf, type ConfigurationEntry } from './configuration-entry.ts';
import { dynamicOnlyParameters, patroniOwnParameters } from './dynamic-only-parameters.ts';
import { silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';
import { knownKeys } from './known-keys.ts';
import { postgresqlParameters } from './postgresql-parameters.ts';

/**
 * Keys that Patroni does not read where they stand: a PostgreSQL parameter one level too high, a key of another
 * section (indentation), a misspelt one. A key that resembles nothing is somebody's own and is left alone.
 */
export const misplacedKeys: ConfigurationRule = (root, { edition }) => {
  const parameters = postgresqlParameters(edition.values['postgresql'] ?? '');
  const own = ownSections(root);
  return [...knownKeys.keys()].flatMap((path) => {
    const section = path === '' ? root : entryAt(root, ...path.split('.'));
    const unread = (section?.children ?? []).filter(
      (child) => !knownKeys.get(path)?.includes(child.key) && !own.has(child.key),
    );
    return section?.kind === 'mapping' ? unread.flatMap((key) => findingFor(key, path, parameters)) : [];
  });
};

/** Sections that the file itself names: methods to make the first member or a replica. */
function ownSections(root: ConfigurationEntry): ReadonlySet<string> {
  const places = [entryAt(root, 'postgresql'), entryAt(root, 'bootstrap', 'dcs', 'postgresql')];
  const lists = places.flatMap((place) =>
    ['create_replica_methods', 'create_replica_method'].map((key) => entryAt(place, key)),
  );
  const methods = lists.flatMap((list) => [
    ...textsOf(list).map(({ text }) => text),
    ...(textOf(list) ?? '').split(/[\s,]+/),
  ]);
  return new Set([...methods, textOf(entryAt(root, 'bootstrap', 'method')) ?? '']);
}

function findingFor(
  entry: ConfigurationEntry,
  section: string,
  parameters: ReadonlySet<string>,
): readonly FindingDraft[] {
  if (holdsParameters(section) && parameters.has(entry.key.toLowerCase()) && !patroniOwnParameters.has(entry.key)) {
    return [parameterTooHigh(entry, section)];
  }
  const elsewhere = sectionsOf(entry.key);
  if (elsewhere.length > 0) return generic.has(entry.key) ? [] : [otherSection(entry, elsewhere)];
  const near = nearest(entry.key, knownKeys.get(section) ?? []);
  return near === undefined ? [] : [misspelt(entry, near)];
}

/** Sections in which people put parameters by mistake. */
function holdsParameters(section: string): boolean {
  return ['', 'bootstrap', 'bootstrap.dcs', 'bootstrap.dcs.postgresql', 'postgresql'].includes(section);
}

/** In so many sections that none is the right one. */
const generic = new Set(['host', 'port', 'username', 'password', 'key', 'cert', 'cacert', 'mode']);

function sectionsOf(key: string): readonly string[] {
  return [...knownKeys]
    .filter(([section, keys]) => section !== 'etcd' && keys.includes(key))
    .map(([section]) => section);
}

function parameterTooHigh(entry: ConfigurationEntry, section: string): FindingDraft {
  const dynamic = section.startsWith('bootstrap') || dynamicOnlyParameters.has(entry.key);
  const right = dynamic ? 'bootstrap.dcs.postgresql.parameters' : 'postgresql.parameters';
  const where =
    section === ''
      ? words('at the top', 'à la racine')
      : words(`directly under \`${section}\``, `directement sous \`${section}\``);
  return silentlyWrong(
    'parameter-too-high',
    entry,
    words(
      `${entry.key} is a parameter of PostgreSQL; ${where.en} it is one level too high, and Patroni ignores it`,
      `${entry.key} est un paramètre de PostgreSQL ; ${where.fr}, il est un niveau trop haut, et Patroni l'ignore`,
    ),
    words(`Put it under \`${right}\`.`, `Placez-le sous \`${right}\`.`),
  );
}

function otherSection(entry: ConfigurationEntry, sections: readonly string[]): FindingDraft {
  const place = (top: string) => (section: string) => (section === '' ? top : `\`${section}\``);
  const en = sections.map(place('the top of the file')).join(' or ');
  const fr = sections.map(place('la racine du fichier')).join(' ou ');
  return silentlyWrong(
    'key-elsewhere',
    entry,
    words(
      `Patroni does not read \`${entry.path}\`: the place of \`${entry.key}\` is ${en}`,
      `Patroni ne lit pas \`${entry.path}\` : la place de \`${entry.key}\` est ${fr}`,
    ),
    words(
      'Look at the indentation of this line and of the ones above it.',
      "Regardez l'indentation de cette ligne et de celles qui la précèdent.",
    ),
  );
}

function misspelt(entry: ConfigurationEntry, near: string): FindingDraft {
  return silentlyWrong(
    'key-misspelt',
    entry,
    words(`Patroni knows no \`${entry.key}\` here`, `Patroni ne connaît pas \`${entry.key}\` ici`),
    words(`Did you mean \`${near}\`?`, `Vouliez-vous dire \`${near}\` ?`),
  );
}
