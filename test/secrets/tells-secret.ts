import { createRedaction, workshopSecrets } from '../../src/model/redaction.ts';
import { workshop } from '../real/the-workshop.ts';

const secrets = [...new Set(workshopSecrets(workshop))];
const word = new RegExp(`(?<![\\w-])(?:${secrets.join('|')})(?![\\w-])`);
const redaction = createRedaction(secrets);

/** Of arguments: a password of the workshop as a word of its own, or a token of etcd. */
export function tellsSecret(argv: string): boolean {
  return word.test(argv) || /Authorization: /.test(argv);
}

/** Of what lab says or writes: a password in its place, or a private key. */
export function holdsSecret(text: string): boolean {
  return redaction.told(text) !== text;
}
