import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { nodeFile } from '../probes/node-file.ts';
import { type PostgresAnswer, psqlCommand } from '../probes/postgres.ts';
import { archiving, archivingSql, type Archiving } from '../probes/postgres-archiving.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { lookForPatroniTrouble, patroniTroubleWords, type PatroniTrouble } from './patroni-trouble.ts';
import { archiveCommandTrouble } from './pgbackrest/archive-command-trouble.ts';
import { silentPostgres } from './silent-postgres.ts';

const configuration = '/etc/patroni/config.yml';

interface ArchivingObservation {
  readonly answer: PostgresAnswer<Archiving>;
  /** The line of the node's own file that names archive_command. */
  readonly ownLine: { readonly line: number; readonly text: string } | null;
  readonly trouble: PatroniTrouble | null;
}

/** The member's PostgreSQL archives, and hands what it archives to pgBackRest. */
export const archivingOn = defineCheck({
  name: 'archiving-on',
  scope: 'node',
  schema: z.strictObject({ stanza: z.string() }),
  withinSeconds: 30,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const answer = await archiving(reach, node);
    if (answer.kind === 'unseen') return answer;
    const trouble = answer.value.kind === 'answer' ? null : await lookForPatroniTrouble(reach, node);
    if (trouble?.kind === 'unseen') return trouble;
    const running = reach.observation.nodes.get(node.name) === 'running';
    const file = running ? await nodeFile(reach, node.name, configuration) : seen(null);
    if (file.kind === 'unseen') return file;
    return seen<ArchivingObservation>({
      answer: answer.value,
      ownLine: lineOf(file.value?.text ?? ''),
      trouble: trouble?.value ?? null,
    });
  },

  judge({ answer, ownLine, trouble }, setting, { stanza }): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `archive_mode is on, and archive_command hands WAL to the stanza ${stanza}`,
      `archive_mode est à on, et archive_command confie les WAL à la stanza ${stanza}`,
    );
    if (answer.kind !== 'answer')
      return {
        verdict: 'fail',
        expected,
        seen: silentPostgres(answer, node),
        ...(trouble === null ? {} : (patroniTroubleWords(trouble, setting) ?? {})),
      };
    const { mode, command } = answer.value;
    const causes = [...modeTrouble(answer.value, node), ...commandTrouble(answer.value, stanza, ownLine)];
    const found = words(
      `archive_mode ${mode}, archive_command \`${command}\``,
      `archive_mode ${mode}, archive_command \`${command}\``,
    );
    if (causes.length === 0) return { verdict: 'pass', expected, seen: found };
    return { verdict: 'fail', expected, seen: found, cause: joinWords(causes, '\n') };
  },

  command: ({ workshop }) => psqlCommand(workshop, archivingSql),
});

function modeTrouble({ mode, pendingRestart }: Archiving, { member = '' }: NodeDefinition): readonly Words[] {
  if (pendingRestart)
    return [
      words(
        `archive_mode is still ${mode}: the change waits for a restart of ${member} (\`patronictl restart\`, pending restart)`,
        `archive_mode est encore à ${mode} : le changement attend un redémarrage de ${member} (\`patronictl restart\`, pending restart)`,
      ),
    ];
  if (mode === 'on') return [];
  if (mode === 'always')
    return [
      words(
        'archive_mode is always: replicas archive as well, which pgBackRest refuses',
        'archive_mode vaut always : les réplicas archivent aussi, ce que pgBackRest refuse',
      ),
    ];
  return [
    words(
      `archive_mode is ${mode}: the dynamic configuration lacks \`postgresql.parameters.archive_mode: "on"\``,
      `archive_mode vaut ${mode} : il manque \`postgresql.parameters.archive_mode: "on"\` dans la configuration dynamique`,
    ),
  ];
}

function commandTrouble(
  { command, commandFile, mode }: Archiving,
  stanza: string,
  ownLine: ArchivingObservation['ownLine'],
): readonly Words[] {
  // Without archive_mode PostgreSQL shows no command.
  if (mode !== 'on' && command === '(disabled)') return [];
  const trouble = archiveCommandTrouble(command, stanza);
  if (trouble === null) return [];
  const from = whereFrom(commandFile, ownLine);
  return [words(`${trouble.en} (${from.en})`, `${trouble.fr} (${from.fr})`)];
}

function whereFrom(file: string | null, ownLine: ArchivingObservation['ownLine']): Words {
  if (file?.endsWith('postgresql.auto.conf') === true) return words('an ALTER SYSTEM', 'un ALTER SYSTEM');
  if (ownLine !== null)
    return words(
      `line ${String(ownLine.line)} of ${configuration}: \`${ownLine.text}\``,
      `ligne ${String(ownLine.line)} de ${configuration} : \`${ownLine.text}\``,
    );
  return words(
    '`postgresql.parameters.archive_command` of the dynamic configuration',
    '`postgresql.parameters.archive_command` de la configuration dynamique',
  );
}

function lineOf(text: string): ArchivingObservation['ownLine'] {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => /^\s*archive_command\s*:/.test(line));
  return index < 0 ? null : { line: index + 1, text: lines[index]?.trim() ?? '' };
}
