import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { patroniUrl, type PatroniAnswer } from '../probes/patroni-rest.ts';
import { nodeStateWords } from './node-state-words.ts';

/** What there is to see of a Patroni that gave no answer: as `seen`, a few words. */
export function silentPatroni(
  answer: Exclude<PatroniAnswer<unknown>, { kind: 'answer' }>,
  node: NodeDefinition,
): Words {
  const url = patroniUrl(node, '/cluster');
  if (answer.kind === 'error')
    return words(`${url} answers "${answer.message}"`, `${url} répond « ${answer.message} »`);
  if (answer.kind === 'node-not-running') return nodeStateWords(node.name, answer.state);
  switch (answer.how) {
    case 'refused':
      return words(`nobody answers at ${url}`, `personne ne répond sur ${url}`);
    case 'timed-out':
      return words(`${url} gave no answer in time`, `${url} n'a pas répondu à temps`);
    case 'other':
      return words(`${url}: ${answer.text}`, `${url} : ${answer.text}`);
  }
}
