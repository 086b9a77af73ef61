import { exitStatus, LabError } from '../model/errors.ts';
import { type StepPlace } from '../model/replaced-steps.ts';
import { type CheckResult } from '../model/verdict.ts';
import { type Words, words } from '../model/words.ts';
import { type LabSession } from './session.ts';

/**
 * Whether a step that was done, and whose checks don't all pass, may be done again: only when something was seen to be
 * wrong, and no drill, unless what it is about was made anew just now; that is said. Throws a LabError with what to do
 * instead.
 */
export function requireReason(
  { actionKinds, history, announce }: Pick<LabSession, 'actionKinds' | 'history' | 'announce'>,
  { chapter, step }: StepPlace,
  results: readonly CheckResult[],
  drillToo = false,
): void {
  requireSeen(results);
  const drill = step.actions.some(({ kind }) => actionKinds.get(kind)?.drill === true);
  const off = results.find(({ verdict }) => verdict !== 'pass');
  if (!drill || off === undefined) return;
  const because = off.cause ?? off.seen;
  const title = { en: chapter.words.en.steps[step.id]?.title, fr: chapter.words.fr.steps[step.id]?.title };
  if (drillToo) {
    announce({ kind: 'notice', text: heldAgain(title.en ?? step.id, title.fr ?? step.id) });
    return;
  }
  const isOpen = history.chapter?.id === chapter.id;
  const hint = off.hint ?? words('', '');
  throw new LabError(
    'drill-not-repeated',
    words(
      `The exercise "${title.en ?? step.id}" was done before, and what it is to leave behind no longer holds: ${off.title.en}: ${because.en}`,
      `L'exercice « ${title.fr ?? step.id} » a déjà été fait, et ce qu'il doit laisser ne tient plus : ${off.title.fr} : ${because.fr}`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        `${sentence(hint.en)}It disturbs the cluster, so lab does not hold it again by itself.${isOpen ? ` To hold it again: lab solve ${step.id}` : ` To begin from a clean lab: lab reset ${chapter.slug}`}`,
        `${sentence(hint.fr)}Il perturbe le cluster : lab ne le refait donc pas de lui-même.${isOpen ? ` Pour le refaire : lab solve ${step.id}` : ` Pour repartir d'un lab propre : lab reset ${chapter.slug}`}`,
      ),
    },
  );
}

function heldAgain(en: string, fr: string): Words {
  return words(
    `The exercise "${en}" is held again: what it left behind went with what was made anew before it.`,
    `L'exercice « ${fr} » est refait : ce qu'il avait laissé a disparu avec ce qui vient d'être recréé.`,
  );
}

/** Throws a LabError when a look did not come back: nothing is decided from that. */
export function requireSeen(results: readonly CheckResult[]): void {
  if (results.some(({ verdict, unanswered }) => verdict !== 'pass' && unanswered !== true)) return;
  const unanswered = results.find((result) => result.unanswered === true);
  if (unanswered === undefined) return;
  throw new LabError(
    'not-seen',
    words(
      `What was done before could not be looked at: ${unanswered.title.en}: ${unanswered.seen.en}`,
      `Ce qui a déjà été fait n'a pas pu être observé : ${unanswered.title.fr} : ${unanswered.seen.fr}`,
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Nothing was done again because of it. When the machine is less busy, give the command again. (lab doctor)',
        "Rien n'a été refait pour autant. Quand la machine sera moins occupée, relancez la commande. (lab doctor)",
      ),
    },
  );
}

function sentence(text: string): string {
  return text === '' ? '' : `${text} `;
}
