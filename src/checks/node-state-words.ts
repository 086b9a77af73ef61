import { type NodeState } from '../model/observation.ts';
import { words, type Words } from '../model/words.ts';

export function nodeStateWords(node: string, state: NodeState): Words {
  switch (state) {
    case 'absent':
      return words(`${node} does not exist`, `${node} n'existe pas`);
    case 'stopped':
      return words(`${node} is stopped`, `${node} est arrêté`);
    case 'frozen':
      return words(`${node} is frozen`, `${node} est gelé`);
    case 'running':
      return words(`${node} is running`, `${node} est en marche`);
  }
}
