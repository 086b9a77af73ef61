import { type ChapterId, checkId, stepId } from '../model/ids.ts';
import { stepKey } from '../model/lab-history.ts';
import { type TemplateScope } from '../model/template.ts';
import { type Target } from '../model/target.ts';
import { type Action, type Check, type Step } from '../model/workshop.ts';
import { chapterFileSchema, type ActionEntry, type CheckEntry } from './chapter-schema.ts';
import { fingerprint } from './fingerprint.ts';
import { type ActionShape, type CheckShape, type WorkshopDeps } from './kinds.ts';
import { parseTarget, type TargetSetting } from './targets.ts';
import { type ChapterSources } from './workshop-sources.ts';

interface StepBuilding {
  readonly deps: WorkshopDeps;
  readonly target: TargetSetting;
  readonly scopes: readonly TemplateScope[];
  /** By their slugs. */
  readonly chapterIds: ReadonlyMap<string, ChapterId>;
}

export function buildSteps({ chapter, files }: ChapterSources, building: StepBuilding): readonly Step[] {
  const { actionKinds, checkKinds } = building.deps;
  const { steps } = chapterFileSchema.parse(chapter.value);
  return steps.map(({ id, independent = false, replaces = [], actions = [], checks = [] }) => {
    const built = {
      actions: actions.map((entry) => buildAction(entry, building)),
      checks: checks.map((entry) => buildCheck(entry, building)),
    };
    const names = [
      ...built.actions.flatMap((action) => filesOf(actionKinds.get(action.kind), action.with)),
      ...built.checks.flatMap((check) => filesOf(checkKinds.get(check.kind), check.with)),
    ];
    const contents = Object.fromEntries(names.map((name) => [name, files.get(name)?.text ?? '']));
    return {
      id: stepId(id),
      independent,
      replaces: replaces.map((name) => keyOf(name, building)),
      ...built,
      fingerprint: fingerprint({ ...built, files: contents }, building.scopes),
    };
  });
}

/** `etcd.configure` */
function keyOf(name: string, { chapterIds }: StepBuilding): string {
  const [slug = '', step = ''] = name.split('.');
  const chapter = chapterIds.get(slug);
  if (chapter === undefined) throw new Error(`an unknown chapter was not refused: ${name}`);
  return stepKey(chapter, stepId(step));
}

function buildAction(entry: ActionEntry, { deps, target }: StepBuilding): Action {
  return {
    kind: entry.do,
    on: targetOf(entry.on, target),
    with: deps.actionKinds.get(entry.do)?.schema.parse(entry.with ?? {}),
  };
}

function buildCheck(entry: CheckEntry, { deps, target }: StepBuilding): Check {
  return {
    id: checkId(entry.id),
    kind: entry.expect,
    on: targetOf(entry.on, target),
    with: deps.checkKinds.get(entry.expect)?.schema.parse(entry.with ?? {}),
    withinSeconds: entry.within === undefined ? undefined : seconds(entry.within),
  };
}

function targetOf(text: string | undefined, setting: TargetSetting): Target | undefined {
  return text === undefined ? undefined : parseTarget(text, setting);
}

function filesOf(kind: ActionShape | CheckShape | undefined, args: unknown): readonly string[] {
  return kind?.files?.(args) ?? [];
}

/** `30s` or `2m` */
function seconds(duration: string): number {
  return Number.parseInt(duration, 10) * (duration.endsWith('m') ? 60 : 1);
}
