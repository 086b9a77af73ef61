import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { postgresState } from '../probes/postgres-state.ts';
import { defineCheck } from './kind.ts';
import { askLeader, judgeLeader } from './leader-answer.ts';

/** The leader's PostgreSQL takes writes: it is no longer in recovery, and sessions are not read-only from the start. */
export const leaderIsWritable = defineCheck({
  name: 'leader-is-writable',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 30,

  observe: (reach, setting) => askLeader(reach, setting, (leader) => postgresState(reach, leader)),

  judge(observed, setting): Judgement {
    const expected = words('the leader takes writes', 'le leader accepte les écritures');
    return judgeLeader(observed, setting, expected, (state, leader) => {
      const name = leader.member ?? leader.name;
      if (state.inRecovery) {
        return {
          verdict: 'fail',
          expected,
          seen: words(`${name} is in recovery`, `${name} est en mode recovery`),
          cause: words(
            `${name} holds the leader key and its PostgreSQL has not been promoted (yet)`,
            `${name} tient la clé du leader, mais son PostgreSQL n'est pas (encore) promu`,
          ),
        };
      }
      if (!state.defaultReadOnly)
        return { verdict: 'pass', expected, seen: words(`${name} takes writes`, `${name} accepte les écritures`) };
      const source = state.defaultReadOnlySource;
      return {
        verdict: 'fail',
        expected,
        seen: words(`${name} is read-only by default`, `${name} est en lecture seule par défaut`),
        cause: words(
          `default_transaction_read_only is on (it comes from: ${source})`,
          `default_transaction_read_only est à on (origine : ${source})`,
        ),
        hint: words(
          'Look for it in `patronictl edit-config`, in `postgresql.parameters`, and for `ALTER SYSTEM`, `ALTER DATABASE`, `ALTER ROLE`.',
          'Cherchez-le dans `patronictl edit-config`, dans `postgresql.parameters`, et du côté de `ALTER SYSTEM`, `ALTER DATABASE`, `ALTER ROLE`.',
        ),
      };
    });
  },

  command: ({ workshop }) =>
    psqlCommand(workshop, "select pg_is_in_recovery(), current_setting('default_transaction_read_only')"),
});
