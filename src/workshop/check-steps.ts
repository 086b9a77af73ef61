// What the steps of a chapter.yml refer to: kinds, targets, files and names.

import { joinWords, words } from '../model/words.ts';
import { checkShape } from './check-shape.ts';
import { checkTemplatesIn, type NodeContext } from './check-templates.ts';
import { type ActionShape, type CheckShape, type WorkshopDeps } from './kinds.ts';
import { type Mistake } from './mistake.ts';
import { child, items, mistakeIn, textOf, textsIn, type Part } from './part.ts';
import { suggest } from './suggest.ts';
import { checkTarget, contextOf, type TargetSetting } from './targets.ts';
import { type TemplateFile } from './workshop-sources.ts';

export interface StepSetting {
  readonly deps: WorkshopDeps;
  /** undefined: workshop.yml could not be read, so nothing is known of nodes and names. */
  readonly target: TargetSetting | undefined;
  readonly files: ReadonlyMap<string, TemplateFile>;
}

export function checkSteps(chapter: Part, setting: StepSetting): readonly Mistake[] {
  const steps = items(child(chapter, 'steps'));
  const checks = steps.flatMap((step) => items(child(step, 'checks')));
  return [
    ...idsGivenTwice(steps),
    ...idsGivenTwice(checks),
    ...steps.flatMap((step) => items(child(step, 'actions'))).flatMap((action) => checkAction(action, setting)),
    ...checks.flatMap((check) => checkCheck(check, setting)),
  ];
}

function idsGivenTwice(parts: readonly Part[]): readonly Mistake[] {
  const seen = new Set<string>();
  return parts.flatMap((part) => {
    const place = child(part, 'id');
    const id = textOf(place);
    if (id === undefined) return [];
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      mistakeIn(
        place,
        words(
          `the id \`${id}\` is used twice in this chapter`,
          `l'identifiant \`${id}\` sert deux fois dans ce chapitre`,
        ),
      ),
    ];
  });
}

function checkAction(action: Part, setting: StepSetting): readonly Mistake[] {
  const name = child(action, 'do');
  const kind = setting.deps.actionKinds.get(textOf(name) ?? '');
  return [
    ...(kind === undefined
      ? unknownKind(name, words('kind of action', "genre d'action"), setting.deps.actionKinds.keys())
      : []),
    // The arguments of an action are the same for all its nodes.
    ...checkUse(action, kind, 'none', setting),
  ];
}

function checkCheck(check: Part, setting: StepSetting): readonly Mistake[] {
  const name = child(check, 'expect');
  const kind = setting.deps.checkKinds.get(textOf(name) ?? '');
  return [
    ...(kind === undefined
      ? unknownKind(name, words('kind of check', 'genre de vérification'), setting.deps.checkKinds.keys())
      : []),
    ...checkUse(check, kind, checkContext(check, setting), setting),
  ];
}

function unknownKind(name: Part, what: { en: string; fr: string }, candidates: Iterable<string>): readonly Mistake[] {
  const text = textOf(name);
  if (text === undefined) return [];
  const unknown = words(`there is no ${what.en} \`${text}\``, `il n'y a pas de ${what.fr} \`${text}\``);
  return [mistakeIn(name, joinWords([unknown, suggest(text, candidates)], ''))];
}

/** What an action and a check have in common: `on` and `with`. */
function checkUse(
  part: Part,
  kind: ActionShape | CheckShape | undefined,
  context: NodeContext,
  { target, files }: StepSetting,
): readonly Mistake[] {
  const args = argsOf(part);
  return [
    ...(kind === undefined ? [] : checkShape(args, kind.schema)),
    ...(kind === undefined ? [] : checkFileNames(args, kind, files)),
    ...(target === undefined ? [] : checkTarget(child(part, 'on'), target)),
    ...(target === undefined ? [] : checkTemplatesIn(args, target.names, context)),
  ];
}

/** `with`; nothing given is the same as no arguments. */
export function argsOf(part: Part): Part {
  const args = child(part, 'with');
  return args.value === undefined ? { ...args, value: {} } : args;
}

function checkFileNames(
  args: Part,
  kind: ActionShape | CheckShape,
  files: ReadonlyMap<string, TemplateFile>,
): readonly Mistake[] {
  return filesUsed(args, kind)
    .filter((name) => !files.has(name))
    .map((name) => {
      const place = textsIn(args, (text) => text === name)[0] ?? args;
      const missing = words(
        `there is no file \`files/${name}\` in this chapter`,
        `ce chapitre n'a pas de fichier \`files/${name}\``,
      );
      return mistakeIn(place, joinWords([missing, suggest(name, files.keys())], ''));
    });
}

/** Files of files/ that this use of a kind names; none when its arguments are wrong. */
export function filesUsed(args: Part, kind: ActionShape | CheckShape): readonly string[] {
  if (kind.files === undefined) return [];
  const parsed = kind.schema.safeParse(args.value);
  return parsed.success ? kind.files(parsed.data) : [];
}

/** A check of scope `cluster` is about no node in particular, whatever its target. */
export function checkContext(check: Part, { deps, target }: StepSetting): NodeContext {
  const kind = deps.checkKinds.get(textOf(child(check, 'expect')) ?? '');
  if (target === undefined || kind === undefined) return 'some';
  return kind.scope === 'cluster' ? 'none' : contextOf(child(check, 'on'), target, target.nodesSoFar);
}
