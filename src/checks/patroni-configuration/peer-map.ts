import { words } from '../../model/words.ts';
import { entryAt, textOf, textsOf, type ConfigurationEntry } from './configuration-entry.ts';
import { separating, type ConfigurationSetting, type FindingDraft } from './finding.ts';
import { lineFor, type HbaLine } from './hba-line.ts';

const systemUser = 'postgres';

/**
 * Patroni runs as postgres and enters as the superuser of its file. Through the socket with `peer`, the two names have to
 * be the same, or a map of pg_ident has to say that one stands for the other.
 */
export function peerMap(
  root: ConfigurationEntry,
  lines: readonly HbaLine[],
  { workshop }: ConfigurationSetting,
): readonly FindingDraft[] {
  const own = entryAt(root, 'postgresql');
  const user = textOf(entryAt(own, 'authentication', 'superuser', 'username')) ?? '';
  const throughSocket = entryAt(own, 'use_unix_socket')?.value === true;
  const line = lineFor(lines, { type: 'local', database: 'postgres', user, address: '' }, workshop);
  if (!throughSocket || user === '' || user === systemUser || line?.method !== 'peer') return [];
  const idents = [entryAt(own, 'pg_ident'), entryAt(root, 'bootstrap', 'dcs', 'postgresql', 'pg_ident')].flatMap(
    (list) => textsOf(list),
  );
  if (line.map !== undefined && idents.some(({ text }) => says(text, line.map ?? '', user))) return [];
  const map = line.map ?? 'workshop';
  const cause = words(
    `\`peer\` compares names: Patroni runs as ${systemUser} and enters as ${user}, and no map says that this is allowed`,
    `\`peer\` compare les noms : Patroni tourne sous ${systemUser} et entre comme ${user}, et aucune correspondance ne le permet`,
  );
  const hint = words(
    `Write \`local all all peer map=${map}\`, and under \`pg_ident:\` \`- ${map} ${systemUser} ${user}\`.`,
    `Écrivez \`local all all peer map=${map}\`, et sous \`pg_ident:\` \`- ${map} ${systemUser} ${user}\`.`,
  );
  return [separating('pg-hba-peer-map', line, cause, hint)];
}

/** `workshop postgres dba`; expressions (`/…`) are taken on trust. */
function says(text: string, map: string, user: string): boolean {
  const [name, system, database] = text.trim().split(/\s+/);
  return (
    name === map &&
    (system === systemUser || system?.startsWith('/') === true) &&
    (database === user || database === 'all' || database?.startsWith('/') === true)
  );
}
