import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { type PostgresAnswer } from '../probes/postgres.ts';
import { nodeStateWords } from './node-state-words.ts';

/** What there is to see of a PostgreSQL that gave no answer: as `seen`, a few words. */
export function silentPostgres(
  answer: Exclude<PostgresAnswer<unknown>, { kind: 'answer' }>,
  { name }: NodeDefinition,
): Words {
  if (answer.kind === 'error') {
    const [first = ''] = answer.message.replace(/^ERROR:\s*/, '').split('\n');
    return words(`PostgreSQL on ${name} answers: ${first}`, `PostgreSQL sur ${name} répond : ${first}`);
  }
  if (answer.kind === 'node-not-running') return nodeStateWords(name, answer.state);
  const last = answer.text.split('\n').at(-1) ?? '';
  switch (answer.how) {
    case 'down':
      return words(`no PostgreSQL answers on ${name}`, `aucun PostgreSQL ne répond sur ${name}`);
    case 'starting':
      return words(`PostgreSQL on ${name} is starting or stopping`, `PostgreSQL sur ${name} démarre ou s'arrête`);
    case 'refused':
    case 'other':
      return words(`PostgreSQL on ${name} refuses: ${last}`, `PostgreSQL sur ${name} refuse : ${last}`);
  }
}
