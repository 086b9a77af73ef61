import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type Workshop } from '../model/workshop.ts';
import { buildWorkshop } from './build-workshop.ts';
import { checkWorkshop } from './check-workshop.ts';
import { type WorkshopDeps } from './kinds.ts';
import { workshopInvalid } from './mistake.ts';
import { readWorkshopFiles } from './read-files.ts';
import { type WorkshopMemory } from './workshop-memory.ts';
import { workshopSources } from './workshop-sources.ts';

/**
 * Reads and checks labs/NAME. Throws `workshop-missing` (exit status 2) when there is none in the directory, and
 * `workshop-invalid` (3) with every mistake of all its files, named as the directory was given; first with what was not
 * read of it: links, pipes, devices, files that are too large.
 */
export async function loadWorkshop(deps: WorkshopDeps, directory: string, memory?: WorkshopMemory): Promise<Workshop> {
  const files = await readWorkshopFiles(directory);
  if (files.refused.length > 0) throw workshopInvalid(files.refused);
  if (files.workshop === undefined) throw workshopMissing(directory);
  const known = await memory?.recall(files);
  if (known) return known;
  const sources = workshopSources(files);
  const mistakes = checkWorkshop(sources, deps);
  if (mistakes.length > 0) throw workshopInvalid(mistakes);
  const workshop = buildWorkshop(deps, directory, sources);
  await memory?.keep(files, workshop);
  return workshop;
}

function workshopMissing(directory: string): LabError {
  return new LabError(
    'workshop-missing',
    words(`There is no workshop in ${directory}.`, `Il n'y a pas d'atelier dans ${directory}.`),
    {
      exit: exitStatus.usage,
      hint: words(
        'A workshop is a folder with a workshop.yml; name it with --workshop or LAB_WORKSHOP.',
        'Un atelier est un dossier qui contient un workshop.yml ; indiquez-le avec --workshop ou LAB_WORKSHOP.',
      ),
    },
  );
}
