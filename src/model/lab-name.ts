import { exitStatus, LabError } from './errors.ts';
import { type EditionName, labName, type LabName } from './ids.ts';
import { words } from './words.ts';

/**
 * 1 to 30 characters: the name becomes a folder and part of a network namespace's name. A preparation's lab is named as it
 * stands in `lab list`, to look at it or to remove it. Throws `lab-name-invalid`.
 */
export function parseLabName(text: string): LabName {
  if (/^([a-z0-9][a-z0-9-]{0,29}|_prepare-[a-z0-9-]+)$/.test(text)) return labName(text);
  throw new LabError(
    'lab-name-invalid',
    words(`"${text}" can't be a lab's name.`, `« ${text} » ne peut pas être le nom d'un lab.`),
    {
      exit: exitStatus.usage,
      hint: words(
        'Use 1 to 30 lower-case letters, digits and hyphens, beginning with a letter or a digit: --lab alice',
        'Utilisez de 1 à 30 lettres minuscules, chiffres et tirets, en commençant par une lettre ou un chiffre : --lab alice',
      ),
    },
  );
}

/** In which `lab prepare --chapters` builds. Nobody calls a lab so: a lab of a person is never taken for it. */
export function preparationLab(workshop: string, edition: EditionName): LabName {
  return labName(`_prepare-${workshop}-${edition}`);
}
