import { exitStatus, LabError } from '../model/errors.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { words } from '../model/words.ts';
import { type Workshop } from '../model/workshop.ts';
import { type Invocation } from './invocation.ts';

/**
 * A lab stays with the workshop that it was made from: with another one its nodes would be taken for what they are not,
 * and be removed. Another version of it, or one that was moved, has the same name. Throws `workshop-fixed`.
 */
export function requireOwnWorkshop(workshop: Workshop, own: LabHistory['workshop'], { lab }: Invocation): void {
  if (own === null || own.name === workshop.name) return;
  throw new LabError(
    'workshop-fixed',
    words(
      `Lab ${lab} was created from the workshop ${own.name}, and stays with it; ${workshop.directory} is the workshop ${workshop.name}.`,
      `Le lab ${lab} a été créé à partir de l'atelier ${own.name}, et le garde ; ${workshop.directory} est l'atelier ${workshop.name}.`,
    ),
    { exit: exitStatus.usage, hint: whatToDo(own, workshop) },
  );
}

function whatToDo({ directory }: NonNullable<LabHistory['workshop']>, { name }: Workshop) {
  const [own, sien] =
    directory === null
      ? ['Name its own with --workshop', 'Indiquez le sien avec --workshop']
      : [`Its own lay here: --workshop ${directory}`, `Le sien se trouvait ici : --workshop ${directory}`];
  return words(
    `${own}. Another lab can be made from this one: --lab ${name}`,
    `${sien}. Un autre lab peut être créé à partir de celui-ci : --lab ${name}`,
  );
}
