import { exitStatus, LabError } from '../model/errors.ts';
import { type Edition, type Workshop } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { findEdition } from '../workshop/find-edition.ts';
import { type Invocation } from './invocation.ts';

/** A lab keeps the edition that it was created with. */
export function chooseEdition(workshop: Workshop, own: Edition['name'] | null, invocation: Invocation): Edition {
  const asked = invocation.edition === undefined ? undefined : findEdition(workshop, invocation.edition);
  if (own === null) return asked ?? findEdition(workshop, workshop.defaultEdition);
  if (asked === undefined || asked.name === own) return findEdition(workshop, own);
  throw new LabError(
    'edition-fixed',
    words(
      `Lab ${invocation.lab} was created with edition ${own}, and stays with it.`,
      `Le lab ${invocation.lab} a été créé avec l'édition ${own}, et la garde.`,
    ),
    {
      exit: exitStatus.usage,
      hint: words(
        `Another lab can have another one: --lab ${asked.name} --edition ${asked.name}`,
        `Un autre lab peut en avoir une autre : --lab ${asked.name} --edition ${asked.name}`,
      ),
    },
  );
}
