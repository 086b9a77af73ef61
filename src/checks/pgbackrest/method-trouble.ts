// What keeps Patroni from making replicas through the backup. Pure; `configuration` is Patroni's, as a tree.

import { words, type Words } from '../../model/words.ts';
import { sectionAt, type Tree } from '../../model/configuration-tree.ts';

export function methodTrouble(configuration: Tree, methods: readonly string[], stanza: string): readonly Words[] {
  const postgresql = sectionAt(configuration, ['postgresql']);
  const found = postgresql['create_replica_methods'] ?? postgresql['create_replica_method'];
  const list = (Array.isArray(found) ? found : []).map(String);
  const [first = ''] = methods;
  if (found === undefined)
    return [
      words(
        'the dynamic configuration has no `postgresql.create_replica_methods`: Patroni uses basebackup alone',
        "la configuration dynamique n'a pas de `postgresql.create_replica_methods` : Patroni n'utilise que basebackup",
      ),
    ];
  if (!list.includes(first))
    return [
      words(
        `\`create_replica_methods: [${list.join(', ')}]\` is without ${first}`,
        `\`create_replica_methods: [${list.join(', ')}]\` est sans ${first}`,
      ),
    ];
  if (list.join() !== methods.join())
    return [
      words(
        `\`create_replica_methods: [${list.join(', ')}]\` instead of [${methods.join(', ')}]: they are tried in this order`,
        `\`create_replica_methods: [${list.join(', ')}]\` au lieu de [${methods.join(', ')}] : ils sont essayés dans cet ordre`,
      ),
    ];
  return [...commandTrouble(sectionAt(postgresql, [first]), first, stanza), ...restoreTrouble(postgresql, stanza)];
}

function commandTrouble(section: Tree, method: string, stanza: string): readonly Words[] {
  const command = textOf(section['command']);
  if (command === '')
    return [
      words(
        `\`postgresql.${method}.command\` is missing: the method has a name and nothing to run`,
        `\`postgresql.${method}.command\` manque : la méthode a un nom et rien à lancer`,
      ),
    ];
  const lacks = lacking(command, ['pgbackrest', `--stanza=${stanza}`, 'restore']);
  const wrong =
    lacks === null
      ? []
      : [
          words(
            `\`postgresql.${method}.command: ${command}\` lacks \`${lacks}\``,
            `il manque \`${lacks}\` dans \`postgresql.${method}.command: ${command}\``,
          ),
        ];
  const parameters = ['keep_data', 'no_params'].filter((key) => section[key] !== true);
  return [
    ...wrong,
    ...parameters.map((key) =>
      words(
        `\`postgresql.${method}.${key}: true\` is missing: ${reasons[key]?.en ?? ''}`,
        `\`postgresql.${method}.${key}: true\` manque : ${reasons[key]?.fr ?? ''}`,
      ),
    ),
  ];
}

const reasons: Readonly<Record<string, Words>> = {
  keep_data: words(
    'Patroni empties the directory that --delta would build on',
    'Patroni vide le répertoire dont --delta partirait',
  ),
  no_params: words(
    'Patroni adds options of its own, which pgBackRest refuses',
    'Patroni ajoute des options à lui, que pgBackRest refuse',
  ),
};

function restoreTrouble(postgresql: Tree, stanza: string): readonly Words[] {
  const command = textOf(sectionAt(postgresql, ['recovery_conf'])['restore_command']);
  const parameter = textOf(sectionAt(postgresql, ['parameters'])['restore_command']);
  const found = command === '' ? parameter : command;
  if (found === '')
    return [
      words(
        '`postgresql.recovery_conf.restore_command` is missing: a restored replica can get no WAL from the archive',
        "`postgresql.recovery_conf.restore_command` manque : un réplica restauré n'obtient aucun WAL de l'archive",
      ),
    ];
  const lacks = lacking(found, ['pgbackrest', `--stanza=${stanza}`, 'archive-get', '%f', '%p']);
  return lacks === null
    ? []
    : [
        words(
          `\`restore_command: ${found}\` lacks \`${lacks}\``,
          `il manque \`${lacks}\` dans \`restore_command: ${found}\``,
        ),
      ];
}

function lacking(command: string, parts: readonly string[]): string | null {
  return parts.find((part) => !command.includes(part)) ?? null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
