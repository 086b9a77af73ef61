import { exitStatus, LabError } from '../model/errors.ts';
import { type Words, words } from '../model/words.ts';

/** An action stops before it removes what may be worth something; `remedy` says how to go on. */
export function wouldLose(code: string, what: Words, remedy: Words): LabError {
  return new LabError(code, words(`${what.en} Nothing was removed.`, `${what.fr} Rien n'a été supprimé.`), {
    exit: exitStatus.failed,
    hint: remedy,
  });
}

/** A look that did not come back says neither yes nor no. */
export function unseenData(node: string, what: Words, said: string): LabError {
  const why = said.trim() === '' ? words('no answer', 'pas de réponse') : words(said.trim(), said.trim());
  return wouldLose(
    'data-unseen',
    words(
      `Whether ${what.en} on ${node} could not be seen (${why.en}).`,
      `Impossible de voir si ${what.fr} sur ${node} (${why.fr}).`,
    ),
    words('Once the node answers: lab up', 'Une fois que le nœud répond : lab up'),
  );
}
