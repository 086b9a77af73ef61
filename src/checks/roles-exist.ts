import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type Workshop } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { nodeFile, type NodeFile } from '../probes/node-file.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { databaseRoles, type DatabaseRole } from '../probes/postgres-roles.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { askLeader, judgeLeader, type LeaderAnswer } from './leader-answer.ts';
import { diagnosePatroniConfiguration } from './patroni-configuration/diagnose-patroni-configuration.ts';
import { findingWords } from './patroni-configuration/finding-words.ts';
import { patroniConfigurationPath } from './patroni-trouble.ts';

interface RolesObservation {
  readonly roles: LeaderAnswer<readonly DatabaseRole[]>;
  /** The leader's; null when there is no leader or no file. */
  readonly configuration: NodeFile | null;
}

/** The roles exist on the leader, can log in, and may do what their account is for. */
export const rolesExist = defineCheck({
  name: 'roles-exist',
  scope: 'cluster',
  schema: z.strictObject({ roles: z.array(z.string()).min(1) }),
  withinSeconds: 15,

  async observe(reach, setting) {
    const roles = await askLeader(reach, setting, (leader) => databaseRoles(reach, leader));
    if (roles.kind === 'unseen') return roles;
    const { leader } = roles.value;
    const configuration = leader === null ? null : await nodeFile(reach, leader.name, patroniConfigurationPath);
    if (configuration?.kind === 'unseen') return configuration;
    return seen<RolesObservation>({ roles: roles.value, configuration: configuration?.value ?? null });
  },

  judge({ roles, configuration }, setting, { roles: names }): Judgement {
    const expected = words(`the roles ${names.join(', ')}`, `les rôles ${names.join(', ')}`);
    return judgeLeader(roles, setting, expected, (found, leader) => {
      const wrong = names.flatMap((name) =>
        roleTrouble(
          name,
          found.find((role) => role.name === name),
          setting.workshop,
        ),
      );
      const there = found.map(({ name }) => name).join(', ');
      if (wrong.length === 0) return { verdict: 'pass', expected, seen: words(there, there) };
      const findings = accountFindings(configuration, leader, setting);
      const because = findings.length === 0 ? null : findingWords(findings, patroniConfigurationPath);
      return {
        verdict: 'fail',
        expected,
        seen: words(there, there),
        cause: joinWords([...wrong, ...(because === null ? afterwards(names, found) : [because.cause])], '\n'),
        ...(because === null ? {} : { hint: because.hint }),
      };
    });
  },

  command: ({ workshop }) => psqlCommand(workshop, '\\du'),
});

function roleTrouble(name: string, role: DatabaseRole | undefined, { values }: Workshop): readonly Words[] {
  if (role === undefined) return [words(`there is no role ${name}`, `il n'y a pas de rôle ${name}`)];
  if (!role.canLogIn) return [words(`${name} may not log in`, `${name} n'a pas le droit de se connecter`)];
  if (name === values['superuser_name'] && !role.superuser)
    return [words(`${name} is no superuser`, `${name} n'est pas superutilisateur`)];
  if (name === values['replication_name'] && !role.replication)
    return [words(`${name} may not replicate`, `${name} n'a pas le droit de répliquer`)];
  return [];
}

const aboutAccounts = /^(bootstrap-users|(superuser|replication|rewind)-account-)/;

function accountFindings(
  file: NodeFile | null,
  node: Parameters<typeof diagnosePatroniConfiguration>[1]['node'],
  { edition, workshop }: CheckSetting,
) {
  if (file === null) return [];
  return diagnosePatroniConfiguration(file.text, { node, edition, workshop }).filter(({ id }) =>
    aboutAccounts.test(id),
  );
}

/** The file is right now, and a role isn't there. */
function afterwards(names: readonly string[], found: readonly DatabaseRole[]): readonly Words[] {
  if (names.every((name) => found.some((role) => role.name === name))) return [];
  return [
    words(
      'Patroni makes the roles of `postgresql.authentication` once, when the first member makes the database: a later change of the file does not',
      'Patroni crée les rôles de `postgresql.authentication` une seule fois, quand le premier membre crée la base : un changement ultérieur du fichier ne le fait pas',
    ),
  ];
}
