import { exitStatus, type ExitStatus, LabError } from '../model/errors.ts';
import { foldJournal } from '../journal/fold-journal.ts';
import { readHistory } from '../journal/open-journal.ts';
import { labPaths } from '../model/home-paths.ts';
import { type LabHistory, stepKey } from '../model/lab-history.ts';
import { words } from '../model/words.ts';
import { type Chapter, type ChapterWords } from '../model/workshop.ts';
import { jsonLine } from '../ui/json-line.ts';
import { type Page } from '../ui/page.ts';
import { guideBlocks, type GuidePage, guideText, lineOfStep, renderGuide } from '../ui/render-guide.ts';
import { findEdition } from '../workshop/find-edition.ts';
import { findStep } from '../workshop/find-step.ts';
import { chapterText } from './chapter-text.ts';
import { chapterOf } from './read-lab.ts';
import { type Services, type Verb, type World } from './services.ts';
import { pageOf } from './page-of.ts';

export interface GuideOptions {
  /** As typed: a step's name or number. */
  readonly step?: string;
  /** As typed: the number of a block. */
  readonly copy?: string;
  /** False with --no-pager. */
  readonly pager?: boolean;
}

/** Works before there is a lab too: a person may read first. */
export const guide: Verb<[chapter: string | undefined, options: GuideOptions]> = async (
  world,
  invocation,
  named,
  { step, copy, pager = true },
) => {
  const services = await world.services(invocation);
  const workshop = await services.loadWorkshop();
  const history = await readMayBeClosed(labPaths(invocation.home, invocation.lab).journal, named);
  const chapter = chapterOf({ workshop, history }, named);
  const edition = findEdition(workshop, history.edition ?? invocation.edition ?? workshop.defaultEdition);
  const text = chapterText(workshop, edition, chapter, invocation.language);
  const order = chapter.steps.map(({ id }) => id);
  const page = {
    ...pageOf(world, invocation),
    order,
    named,
    ...(step !== undefined && { step: findStep(chapter, step).id }),
  };
  if (copy !== undefined) return copyBlock(page, chapter, text, copy);
  const whole = pager && page.step === undefined && page.format === 'pretty' && world.stdout.isTTY === true;
  if (whole) await readInPager(world, services, page, { text, chapter, history });
  else renderGuide(text, page);
  return exitStatus.done;
};

/** The home is root's; the chapters are everybody's, of somebody who says which. */
async function readMayBeClosed(journal: string, named: string | undefined): Promise<LabHistory> {
  try {
    return await readHistory(journal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    if (named !== undefined) return foldJournal([]);
    throw new LabError(
      'home-closed',
      words('Only root can read which chapter the lab is at.', 'Seul root peut lire à quel chapitre le lab en est.'),
      {
        exit: exitStatus.hostCannot,
        hint: words(
          'Name the chapter: lab guide 2. Or ask as root: sudo lab guide',
          'Nommez le chapitre : lab guide 2. Ou demandez en tant que root : sudo lab guide',
        ),
      },
    );
  }
}

interface Read {
  readonly text: ChapterWords;
  readonly chapter: Chapter;
  readonly history: LabHistory;
}

/** From the first step on that is not known to be done. */
async function readInPager(
  world: World,
  services: Services,
  page: GuidePage,
  { text, chapter, history }: Read,
): Promise<void> {
  const [first] = chapter.steps;
  const open = chapter.steps.find(({ id }) => history.steps.get(stepKey(chapter.id, id))?.state !== 'completed');
  const line = open === undefined || open === first ? 1 : lineOfStep(text, page, open.id);
  const whole = guideText(text, page);
  if (!(await services.showPaged(whole, line))) world.stdout.write(whole);
}

/** As it is, for a pipe: nothing around it. */
function copyBlock(page: GuidePage & Page, chapter: Chapter, text: ChapterWords, number: string): ExitStatus {
  const blocks = guideBlocks(text, page.order);
  const block = /^\d+$/.test(number) ? blocks[Number(number) - 1] : undefined;
  if (block === undefined) throw blockUnknown(chapter, number, blocks.length);
  page.write(page.format === 'json' ? jsonLine({ number: Number(number), ...block }) : `${block.script}\n`);
  return exitStatus.done;
}

function blockUnknown({ id }: Chapter, number: string, count: number): LabError {
  return new LabError(
    'block-unknown',
    words(
      `${id} has no block ${number}: they are 1 to ${String(count)}.`,
      `${id} n'a pas de bloc ${number} : ils vont de 1 à ${String(count)}.`,
    ),
    {
      exit: exitStatus.usage,
      hint: words(
        '"lab guide" on a terminal shows the number above each block.',
        'Sur un terminal, « lab guide » montre le numéro au-dessus de chaque bloc.',
      ),
    },
  );
}
