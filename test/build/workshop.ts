// Workshops for tests, as small as they can be. Their one action writes a file on its nodes, their one check reads it.

import * as z from 'zod';
import { type AnyActionKind, defineAction } from '../../src/actions/kind.ts';
import { type AnyCheckKind, defineCheck } from '../../src/checks/kind.ts';
import { chapterId, checkId, editionName, nodeName, stepId } from '../../src/model/ids.ts';
import { type Target } from '../../src/model/target.ts';
import { type Chapter, type ChapterWords, type Step, type Workshop } from '../../src/model/workshop.ts';
import { verbatim, words } from '../../src/model/words.ts';
import { seen, unseen } from '../../src/probes/reach.ts';

const put = defineAction({
  name: 'put',
  schema: z.strictObject({ path: z.string(), text: z.string() }),
  run: async (context, { path, text }) => {
    for (const node of context.nodes) await context.exec(node.name, ['tee', path], { input: text });
  },
});

/** The same, of what a node needs whatever the cluster has behind it. */
const furnish = defineAction({ ...put, name: 'furnish', furnishes: true });

/** The same, of what is done once. */
const drill = defineAction({ ...put, name: 'drill', drill: true });

const holds = defineCheck({
  name: 'holds',
  scope: 'node',
  schema: z.strictObject({ path: z.string(), text: z.string() }),
  withinSeconds: 0,
  observe: async (reach, setting, { path }) => {
    if (setting.node === null) throw new Error('holds is about a node');
    const read = await reach.exec(setting.node.name, ['cat', path]);
    if (read.timedOut) return unseen(words('cat did not come back', "cat n'est pas revenu"));
    return seen(read.exitStatus === 0 ? read.stdout : null);
  },
  judge: (text, _setting, args) =>
    text === args.text
      ? { verdict: 'pass', expected: verbatim(args.text), seen: verbatim(args.text) }
      : { verdict: 'fail', expected: verbatim(args.text), seen: verbatim(text ?? 'nothing'), final: true },
  command: (_setting, { path }) => `cat ${path}`,
});

/** The same, of something that happened. */
const held = defineCheck({ ...holds, name: 'held', tellsOfPast: true });

export const testActionKinds: ReadonlyMap<string, AnyActionKind> = new Map(
  [put, furnish, drill].map((kind) => [kind.name, kind]),
);
export const testCheckKinds: ReadonlyMap<string, AnyCheckKind> = new Map(
  [holds, held].map((kind) => [kind.name, kind]),
);

/** Two nodes, two chapters: `a` with the steps one and two, then `b` with the step three. */
export function testWorkshop(): Workshop {
  const chapters = [chapter(1, ['a'], [step('one', 'a'), step('two', 'a')]), chapter(2, ['b'], [step('three', 'b')])];
  return {
    name: 'test',
    directory: '/nowhere',
    network: { address: '10.0.3.1', prefixLength: 24 },
    editions: [{ name: editionName('trixie'), values: {} }],
    defaultEdition: editionName('trixie'),
    images: [{ name: 'base', on: undefined, packages: ['systemd'], finish: [] }],
    poolPackages: [],
    values: {},
    nodes: ['a', 'b'].map((name, index) => ({
      name: nodeName(name),
      address: `10.0.3.${String(10 + index)}`,
      aliases: [],
      image: 'base',
      member: undefined,
      groups: [],
    })),
    groups: {},
    limits: { processes: 1024, memoryMegabytes: 1024 },
    volumes: [],
    chapters,
  };
}

/** The step's one action is a drill. */
export function withDrill(workshop: Workshop, id: string): Workshop {
  const drilled = (step: Step): Step =>
    step.id === id ? { ...step, actions: step.actions.map((action) => ({ ...action, kind: 'drill' })) } : step;
  return {
    ...workshop,
    chapters: workshop.chapters.map((chapter) => ({ ...chapter, steps: chapter.steps.map(drilled) })),
  };
}

function step(id: string, node: string, fingerprint = `${id}-1`): Step {
  const on: Target = { kind: 'node', node: nodeName(node) };
  const args = { path: `/${id}`, text: id };
  return {
    id: stepId(id),
    independent: false,
    replaces: [],
    actions: [{ kind: 'put', on, with: args }],
    checks: [{ id: checkId(`${id}-holds`), kind: 'holds', on, with: args, withinSeconds: undefined }],
    fingerprint,
  };
}

function chapter(number: number, nodes: readonly string[], steps: readonly Step[]): Chapter {
  const text: ChapterWords = {
    title: `Chapter ${String(number)}`,
    intro: '',
    learnt: [],
    steps: Object.fromEntries(steps.map(({ id }) => [id, { title: id, text: '', hints: [] }])),
    checks: Object.fromEntries(
      steps.flatMap(({ checks }) => checks).map(({ id }) => [id, { title: id, hint: 'look' }]),
    ),
  };
  return {
    id: chapterId(number),
    number,
    slug: `c${String(number)}`,
    directory: '/nowhere',
    nodes: nodes.map(nodeName),
    steps,
    mistakes: [],
    words: words(text as never, text as never) as unknown as Chapter['words'],
  };
}
