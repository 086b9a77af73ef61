import { mkdir } from 'node:fs/promises';
import { exitStatus } from '../model/errors.ts';
import { redactEvent } from '../model/redact-event.ts';
import { createRedaction, workshopSecrets } from '../model/redaction.ts';
import { words } from '../model/words.ts';
import { createRunFace } from '../ui/create-run-face.ts';
import { findEdition } from '../workshop/find-edition.ts';
import { closing } from './closing.ts';
import { closingAll } from './closing-all.ts';
import { prepareChapters } from './prepare-chapters.ts';
import { type Verb } from './services.ts';
import { faceOptions } from './with-session.ts';

export interface PrepareOptions {
  readonly mirror?: string;
  readonly allEditions?: boolean;
  readonly chapters?: boolean;
}

export const prepare: Verb<[options: PrepareOptions]> = async (world, invocation, options) => {
  const started = performance.now();
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  await mkdir(invocation.home, { recursive: true });
  const named = findEdition(workshop, invocation.edition ?? workshop.defaultEdition);
  const editions = options.allEditions === true ? workshop.editions : [named];
  const images = services.images(workshop);
  const face = createRunFace(faceOptions(world, invocation));
  const redaction = createRedaction(workshopSecrets(workshop));
  await closingAll([face], async () => {
    for (const text of await services.prepareHost()) face.announce({ kind: 'notice', text });
    for (const edition of editions) {
      await images.prepare(edition.name, {
        announce: (event) => {
          face.announce(redactEvent(event, redaction));
        },
        signal: world.signal,
        ...(options.mirror !== undefined && { mirror: options.mirror }),
      });
    }
  });
  if (options.chapters === true)
    for (const edition of editions) await prepareChapters(world, invocation, workshop, edition);
  const names = editions.map((edition) => edition.name).join(', ');
  closing(
    world,
    invocation,
    words(`Ready without a network: ${names}.`, `Prêt sans réseau : ${names}.`),
    (performance.now() - started) / 1000,
    words('Next: lab up', 'Ensuite : lab up'),
  );
  return exitStatus.done;
};
