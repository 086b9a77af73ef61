import { type Announce } from '../model/events.ts';
import { type Plan, type PlanItem } from '../model/plan.ts';
import { type RunFailure } from '../model/run-failure.ts';
import { verbatim, type Words, words } from '../model/words.ts';

/** Listens to a run, so that after a failure a person can be told what is done and what is untouched. */
export function followRun(): { readonly announce: Announce; failure(transcript: string): RunFailure } {
  let plan: Plan | null = null;
  const titles = new Map<string, Words>();
  const finished = new Set<string>();
  let stoppedAt: Words | null = null;
  const announce: Announce = (event) => {
    if (event.kind === 'planned') plan = event.plan;
    if (event.kind === 'item-started') titles.set(event.item, event.title);
    if (event.kind !== 'item-finished') return;
    if (event.outcome === 'done' || event.outcome === 'unchanged') finished.add(event.item);
    else stoppedAt ??= titles.get(event.item) ?? verbatim(event.item);
  };
  const failure = (transcript: string): RunFailure => ({
    stoppedAt: stoppedAt ?? words('before anything was changed', 'avant tout changement'),
    done: [...finished].map((item) => titles.get(item) ?? verbatim(item)),
    untouched: untouched(plan, titles),
    next: words(
      'Mend the cause, then run the same command again: it goes on from here.',
      'Corrigez la cause, puis relancez la même commande : elle reprend ici.',
    ),
    transcript,
  });
  return { announce, failure };
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
