import { nodesUpTo } from '../model/chapters-up-to.ts';
import { renderDeep, renderTemplate, type TemplateScope, templateScope } from '../model/template.ts';
import { type CheckResult, type Judgement } from '../model/verdict.ts';
import { type Chapter, type Check, type NodeDefinition, type Step } from '../model/workshop.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { type Reach } from '../probes/reach.ts';
import { resolveTarget } from '../probes/resolve-target.ts';
import { type AnyCheckKind, type CheckSetting } from './kind.ts';

/** A check with its place in the workshop. */
export interface PlacedCheck {
  readonly chapter: Chapter;
  readonly step: Step;
  readonly check: Check;
}

/** What came of one look at a check for one node; `final`: waiting won't change it. */
export interface CheckOutcome {
  readonly result: CheckResult;
  readonly final: boolean;
}

export type CheckKinds = ReadonlyMap<string, AnyCheckKind>;

/** One look at a check: one outcome for each node of its target, or one for the cluster. Changes nothing. */
export async function runCheck(reach: Reach, kinds: CheckKinds, placed: PlacedCheck): Promise<readonly CheckOutcome[]> {
  const kind = kinds.get(placed.check.kind);
  if (kind === undefined) throw new Error(`no check kind ${placed.check.kind}: the workshop was not validated`);
  const nodes = await targetNodes(reach, placed);
  if ('verdict' in nodes)
    return [unseenTarget(outcome(kind, placed, setting(reach, placed.chapter, null, []), nodes, performance.now()))];
  const places = kind.scope === 'cluster' ? [null] : nodes;
  return Promise.all(places.map((node) => look(reach, kind, placed, setting(reach, placed.chapter, node, nodes))));
}

/** Whoever has a role is seen by looking, too. */
function unseenTarget({ result, final }: CheckOutcome): CheckOutcome {
  return { result: result.verdict === 'unknown' ? { ...result, unanswered: true } : result, final };
}

async function targetNodes(
  reach: Reach,
  { chapter, check }: PlacedCheck,
): Promise<readonly NodeDefinition[] | Judgement> {
  const soFar = nodesUpTo(reach.workshop, chapter.id);
  if (check.on === undefined) return soFar;
  const target = await resolveTarget(reach, check.on, soFar);
  if (target.kind === 'unseen')
    return {
      verdict: 'unknown',
      expected: words('the role is observable', 'le rôle est observable'),
      seen: target.why,
    };
  if (target.value.length > 0) return target.value;
  return {
    verdict: 'fail',
    expected:
      check.on.kind === 'role' && check.on.role === 'leader'
        ? words('a leader', 'un leader')
        : words('a replica', 'un réplica'),
    seen: words('none', 'aucun'),
  };
}

function setting(
  reach: Reach,
  chapter: Chapter,
  node: NodeDefinition | null,
  nodes: readonly NodeDefinition[],
): CheckSetting {
  const start = reach.chapterStarts.get(chapter.id) ?? null;
  return { workshop: reach.workshop, edition: reach.edition, chapter, node, nodes, start };
}

async function look(reach: Reach, kind: AnyCheckKind, placed: PlacedCheck, at: CheckSetting): Promise<CheckOutcome> {
  const started = performance.now();
  const off = at.node && notRunning(at.node, reach);
  if (off) return outcome(kind, placed, at, off, started);
  const args: unknown = renderDeep(placed.check.with, templateScope(at.workshop, at.edition, at.node));
  const observed = await kind.observe(reach, at, args);
  const judgement: Judgement =
    observed.kind === 'seen'
      ? kind.judge(observed.value, at, args)
      : { verdict: 'unknown', expected: words('an answer', 'une réponse'), seen: observed.why };
  const judged = outcome(kind, placed, at, judgement, started);
  return observed.kind === 'seen' ? judged : { ...judged, result: { ...judged.result, unanswered: true } };
}

function notRunning(node: NodeDefinition, { observation, faulted }: Reach): Judgement | null {
  const state = observation.nodes.get(node.name) ?? 'absent';
  if (state === 'running') return null;
  const expected = words(`${node.name} is running`, `${node.name} est en marche`);
  const name = {
    absent: words(`${node.name} does not exist`, `${node.name} n'existe pas`),
    stopped: words(`${node.name} is stopped`, `${node.name} est arrêté`),
    frozen: words(`${node.name} is frozen`, `${node.name} est gelé`),
  }[state];
  // `lab up` would do the rest of the chapter as well.
  const hint = faulted?.has(node.name)
    ? words('A fault did that. To take it back: lab heal', "C'est l'effet d'une panne. Pour l'annuler : lab heal")
    : words('"lab up" brings the nodes of the lab back.', '« lab up » remet en marche les nœuds du lab.');
  return { verdict: 'fail', expected, seen: name, cause: name, hint };
}

/** Titles and hints may name the node; while nobody has the role, the role stands in for its name. */
function scopeFor(at: CheckSetting, { check }: PlacedCheck, language: Language): TemplateScope {
  const scope = new Map(templateScope(at.workshop, at.edition, at.node));
  if (at.node !== null || check.on?.kind !== 'role') return scope;
  const leader = check.on.role === 'leader';
  const role = leader ? words('the leader', 'le leader') : words('the replica', 'le réplica');
  for (const name of ['node.name', 'node.member', 'node.address']) scope.set(name, role[language]);
  return scope;
}

function outcome(
  kind: AnyCheckKind,
  placed: PlacedCheck,
  at: CheckSetting,
  judgement: Judgement,
  started: number,
): CheckOutcome {
  const args: unknown = renderDeep(placed.check.with, scopeFor(at, placed, 'en'));
  const own = (part: 'title' | 'hint'): Words => {
    const text = (language: Language): string =>
      renderTemplate(
        placed.chapter.words[language].checks[placed.check.id]?.[part] ?? '',
        scopeFor(at, placed, language),
      );
    return words(text('en'), text('fr'));
  };
  const failed = judgement.verdict === 'fail' ? judgement : null;
  const result: CheckResult = {
    id: placed.check.id,
    chapter: placed.chapter.id,
    step: placed.step.id,
    node: at.node?.name ?? null,
    title: own('title'),
    verdict: judgement.verdict,
    expected: judgement.expected,
    seen: judgement.seen,
    cause: failed?.cause ?? null,
    hint: judgement.verdict === 'pass' ? null : (failed?.hint ?? own('hint')),
    command: kind.command(at, args),
    attempts: 1,
    seconds: (performance.now() - started) / 1000,
  };
  return { result, final: failed?.final ?? false };
}
