import { type Announce } from '../model/events.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type RunFailure } from '../model/run-failure.ts';
import { verbatim, type Words, words } from '../model/words.ts';

export interface FollowedRun {
  readonly announce: Announce;
  /** `interrupted`: by a person, so there is no cause to mend. */
  readonly failure: (transcript: string, interrupted: boolean) => RunFailure;
}

/** Listens to a run, so that after a failure a person can be told what is done and what is untouched. */
export function followRun(): FollowedRun {
  let plan: Plan | null = null;
  const titles = new Map<string, Words>();
  const finished = new Set<string>();
  const stopped = new Set<string>();
  let lastDone: string | null = null;
  const announce: Announce = (event) => {
    if (event.kind === 'planned') plan = event.plan;
    if (event.kind === 'item-started') titles.set(event.item, event.title);
    if (event.kind !== 'item-finished') return;
    if (event.outcome === 'done') lastDone = event.item;
    if (event.outcome === 'done' || event.outcome === 'unchanged') finished.add(event.item);
    else stopped.add(event.item);
  };
  const titleOf = (item: string): Words => titles.get(item) ?? verbatim(item);
  const failure = (transcript: string, interrupted: boolean): RunFailure => ({
    stoppedAt:
      stopped.size > 0 ? inARow([...stopped].map(titleOf)) : between(lastDone === null ? null : titleOf(lastDone)),
    done: [...finished].map(titleOf),
    untouched: untouched(plan, titles),
    next: interrupted
      ? words('Run the same command again: it goes on from here.', 'Relancez la même commande : elle reprend ici.')
      : words(
          'Mend the cause, then run the same command again: it goes on from here.',
          'Corrigez la cause, puis relancez la même commande : elle reprend ici.',
        ),
    transcript,
  });
  return { announce, failure };
}

/** Where nothing was at work: `last` is what had been done before; null: nothing. */
function between(last: Words | null): Words {
  if (last === null) return words('before anything was changed', 'avant tout changement');
  return words(`after "${last.en}"`, `après « ${last.fr} »`);
}

function inARow(all: readonly Words[]): Words {
  return words(all.map(({ en }) => en).join(' · '), all.map(({ fr }) => fr).join(' · '));
}

function untouched(plan: Plan | null, started: ReadonlyMap<string, Words>): readonly Words[] {
  const items = new Set((plan?.items ?? []).flatMap((item) => itemId(item) ?? []));
  return [...items].filter((item) => !started.has(item)).map((item) => verbatim(item.replace(/^step /, '')));
}

/** As the engine names it in its events. */
function itemId(item: PlanItem): string | null {
  switch (item.kind) {
    case 'prepare-images':
      return null;
    case 'create-network':
      return 'network';
    case 'restore-checkpoint':
      return 'restore';
    case 'do-step':
    case 'renew-step':
    case 'confirm-step':
    case 'keep-step':
      return `step ${item.chapter}/${item.step}`;
    case 'create-node':
    case 'start-node':
    case 'restart-node':
    case 'thaw-node':
      return `node ${item.node}`;
  }
}
