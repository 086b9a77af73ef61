import { words, type Words } from '../../model/words.ts';

/** What is wrong with an archive_command; null when it hands every segment to pgBackRest, for this stanza. Pure. */
export function archiveCommandTrouble(command: string, stanza: string): Words | null {
  const text = command.trim();
  if (text === '' || text === '(disabled)')
    return words(
      'archive_command is empty: PostgreSQL keeps every segment',
      'archive_command est vide : PostgreSQL garde tous les segments',
    );
  if (/^(\/\S*\/)?(true|:|exit 0)\b|^:$/.test(text))
    return words(
      `archive_command is \`${text}\`: it always succeeds and keeps nothing`,
      `archive_command vaut \`${text}\` : elle réussit toujours et ne garde rien`,
    );
  if (!/\bpgbackrest\b/.test(text) || !/\barchive-push\b/.test(text))
    return words(
      `archive_command is \`${text}\`: nothing of it reaches pgBackRest`,
      `archive_command vaut \`${text}\` : rien n'arrive à pgBackRest`,
    );
  const named = /--stanza[= ]["']?([^\s"']+)/.exec(text)?.[1];
  if (named !== stanza)
    return words(
      `archive_command is \`${text}\`: wrong stanza, ${named === undefined ? 'it names none' : `\`${named}\``} instead of \`${stanza}\``,
      `archive_command vaut \`${text}\` : mauvaise stanza, ${named === undefined ? 'aucune' : `\`${named}\``} au lieu de \`${stanza}\``,
    );
  if (!text.includes('%p'))
    return words(
      `archive_command is \`${text}\`: without \`%p\` it does not say which segment`,
      `archive_command vaut \`${text}\` : sans \`%p\`, elle ne dit pas quel segment`,
    );
  // What pgBackRest says does not reach PostgreSQL when something follows that always succeeds.
  if (/(\|\||;)\s*(\/\S*\/)?(true|:|exit 0)\b/.test(text))
    return words(
      `archive_command is \`${text}\`: it succeeds also when pgBackRest fails`,
      `archive_command vaut \`${text}\` : elle réussit même quand pgBackRest échoue`,
    );
  return null;
}
