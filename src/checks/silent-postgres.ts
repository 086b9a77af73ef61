import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { type PostgresAnswer } from '../probes/postgres.ts';

/** What there is to see of a PostgreSQL that gave no answer: as `seen`, a few words. */
export function silentPostgres(answer: Exclude<PostgresAnswer<unknown>, { kind: 'answer' }>, { name }: NodeDefinition): Words {
  if (answer.kind === 'error') return words(`PostgreSQL on ${name} answers: ${answer.message}`, `PostgreSQL sur ${name} répond : ${answer.message}`);
  const last = answer.text.split('\n').at(-1) ?? '';
  switch (answer.how) {
    case 'node-not-running':
      return words(`${name} is not running`, `${name} n'est pas en marche`);
    case 'down':
      return words(`no PostgreSQL answers on ${name}`, `aucun PostgreSQL ne répond sur ${name}`);
    case 'starting':
      return words(`PostgreSQL on ${name} is starting or stopping`, `PostgreSQL sur ${name} démarre ou s'arrête`);
    case 'refused':
    case 'other':
      return words(`PostgreSQL on ${name} refuses: ${last}`, `PostgreSQL sur ${name} refuse : ${last}`);
  }
}
