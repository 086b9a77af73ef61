// What the verbs that change nothing know of a lab: no lock, no journal line.

import { access } from 'node:fs/promises';
import { readHistory } from '../journal/open-journal.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { labPaths } from '../model/home-paths.ts';
import { type LabHistory } from '../model/lab-history.ts';
import { type Chapter, type Edition, type Workshop } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { type Provider } from '../provider/provider.ts';
import { findChapter } from '../workshop/find-chapter.ts';
import { findEdition } from '../workshop/find-edition.ts';
import { type Invocation } from './invocation.ts';
import { requireOwnWorkshop } from './require-own-workshop.ts';
import { type Services, type World } from './services.ts';

export interface ReadLab {
  readonly workshop: Workshop;
  readonly edition: Edition;
  readonly history: LabHistory;
  readonly provider: Provider;
  readonly services: Services;
}

/** Throws `lab-unknown` (exit status 2) when there is no such lab. */
export async function readLab(world: Pick<World, 'services'>, invocation: Invocation): Promise<ReadLab> {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const history = await readHistory(labPaths(invocation.home, invocation.lab).journal);
  if (history.edition === null) throw await labUnknown(invocation);
  requireOwnWorkshop(workshop, history.workshop, invocation);
  const provider = services.provider(invocation.lab, workshop);
  const edition = findEdition(workshop, history.edition);
  return { workshop, edition, history, provider, services };
}

/** The named chapter, or the one that the lab works on. */
export function chapterOf(lab: Pick<ReadLab, 'workshop' | 'history'>, named: string | undefined): Chapter {
  if (named !== undefined) return findChapter(lab.workshop, named);
  const current =
    lab.workshop.chapters.find((chapter) => chapter.id === lab.history.chapter?.id) ?? lab.workshop.chapters[0];
  if (current === undefined) throw new Error('a workshop without chapters was not refused');
  return current;
}

async function labUnknown(invocation: Invocation): Promise<LabError> {
  const begun = await access(labPaths(invocation.home, invocation.lab).directory).then(
    () => true,
    () => false,
  );
  const what = begun
    ? words(
        `Lab ${invocation.lab} was begun but has nothing in it yet.`,
        `Le lab ${invocation.lab} a été commencé mais ne contient encore rien.`,
      )
    : words(
        `There is no lab ${invocation.lab} in ${invocation.home}.`,
        `Il n'y a pas de lab ${invocation.lab} dans ${invocation.home}.`,
      );
  const build = `lab up --lab ${invocation.lab}`;
  return new LabError('lab-unknown', what, {
    exit: exitStatus.usage,
    hint: words(
      `Build it: ${build}. Or see what there is: lab list`,
      `Pour le construire : ${build}. Pour voir ce qui existe : lab list`,
    ),
  });
}
