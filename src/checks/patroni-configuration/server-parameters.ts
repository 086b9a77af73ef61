import { nearest } from '../../model/nearest.ts';
import { words, type Words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { dynamicOnlyParameters, patroniOwnParameters } from './dynamic-only-parameters.ts';
import { blocking, silentlyWrong, type ConfigurationRule, type FindingDraft } from './finding.ts';
import { isCustomParameter, postgresqlParameters } from './postgresql-parameters.ts';

/** PostgreSQL's parameters, in the dynamic configuration and in the node's own part. */
export const serverParameters: ConfigurationRule = (root, { edition }) => {
  const known = postgresqlParameters(edition.values['postgresql'] ?? '');
  const shared = entryAt(root, 'bootstrap', 'dcs', 'postgresql', 'parameters');
  const own = entryAt(root, 'postgresql', 'parameters');
  return [
    ...[shared, own].flatMap((section) => notAMapping(section)),
    ...[shared, own].flatMap((section) => (section?.children ?? []).flatMap((entry) => unknownParameter(entry, known))),
    ...(own?.children ?? []).flatMap(ignoredHere),
    ...(shared?.children ?? []).flatMap(withoutUnit),
  ];
};

function notAMapping(section: ConfigurationEntry | undefined): readonly FindingDraft[] {
  if (section === undefined || section.kind === 'mapping' || (section.kind === 'scalar' && section.value === null))
    return [];
  const cause = words(
    'parameters have to be lines `name: value`',
    'les paramètres doivent être des lignes `nom: valeur`',
  );
  return [
    blocking(
      'parameters-not-a-mapping',
      section,
      cause,
      words('For instance `wal_level: replica`, without a dash.', 'Par exemple `wal_level: replica`, sans tiret.'),
    ),
  ];
}

function unknownParameter(entry: ConfigurationEntry, known: ReadonlySet<string>): readonly FindingDraft[] {
  const name = entry.key.toLowerCase();
  // Patroni turns wal_keep_segments into wal_keep_size by itself.
  if (known.has(name) || isCustomParameter(name) || name === 'wal_keep_segments' || /^\d+$/.test(name)) return [];
  const cause = words(
    `PostgreSQL has no parameter ${entry.key}: Patroni drops the line, and the default stays`,
    `PostgreSQL n'a pas de paramètre ${entry.key} : Patroni écarte la ligne, et la valeur par défaut reste`,
  );
  return [silentlyWrong('parameter-unknown', entry, cause, meantParameter(entry, known))];
}

/** One WAL segment has 16 MB. */
const segmentMb = 16;

function meantParameter(entry: ConfigurationEntry, known: ReadonlySet<string>): Words {
  const segments = Number(textOf(entry));
  if (entry.key.startsWith('wal_keep_seg') && segments > 0) {
    const right = `wal_keep_size: ${String(segments * segmentMb)}MB`;
    return words(
      `Write \`${right}\`: since version 13 PostgreSQL counts megabytes, not segments.`,
      `Écrivez \`${right}\` : depuis la version 13, PostgreSQL compte en mégaoctets, plus en segments.`,
    );
  }
  const near = nearest(entry.key, known);
  return near === undefined
    ? words(
        'Take the line out, or look the name up in `select name from pg_settings`.',
        'Supprimez la ligne, ou cherchez le nom dans `select name from pg_settings`.',
      )
    : words(`Did you mean \`${near}\`?`, `Vouliez-vous dire \`${near}\` ?`);
}

function ignoredHere(entry: ConfigurationEntry): readonly FindingDraft[] {
  const name = entry.key.toLowerCase();
  if (patroniOwnParameters.has(name)) {
    const cause = words(
      `Patroni sets ${name} itself, from \`listen\` and \`scope\``,
      `Patroni définit lui-même ${name}, à partir de \`listen\` et de \`scope\``,
    );
    return [silentlyWrong('parameter-of-patroni', entry, cause, words('Take the line out.', 'Supprimez la ligne.'))];
  }
  if (!dynamicOnlyParameters.has(name)) return [];
  const cause = words(
    `${name} has to be the same on all members: Patroni ignores it in a node's own part`,
    `${name} doit être identique sur tous les membres : Patroni l'ignore dans la partie propre à un nœud`,
  );
  return [
    silentlyWrong(
      'parameter-only-dynamic',
      entry,
      cause,
      words(
        'Put it under `bootstrap.dcs.postgresql.parameters`.',
        'Placez-le sous `bootstrap.dcs.postgresql.parameters`.',
      ),
    ),
  ];
}

function withoutUnit(entry: ConfigurationEntry): readonly FindingDraft[] {
  const found = textOf(entry) ?? '';
  if (entry.key !== 'checkpoint_timeout' || !/^\d+$/.test(found) || Number(found) > 60) return [];
  const cause = words(
    `checkpoint_timeout without a unit is in seconds: a checkpoint every ${found} s`,
    `sans unité, checkpoint_timeout est en secondes : un checkpoint toutes les ${found} s`,
  );
  return [
    silentlyWrong(
      'parameter-without-unit',
      entry,
      cause,
      words(`Write \`checkpoint_timeout: ${found}min\`.`, `Écrivez \`checkpoint_timeout: ${found}min\`.`),
    ),
  ];
}
