// Every action of the workshop, with passwords that are like nothing else: none of them in an argument list, nor in what
// listeners of a run and its transcript are told.

import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { withActionContext } from '../../src/engine/run-action.ts';
import { openTranscript } from '../../src/journal/open-transcript.ts';
import { redactError, redactEvent } from '../../src/model/redact-event.ts';
import { createRedaction, workshopSecrets } from '../../src/model/redaction.ts';
import { renderDeep, templateScope } from '../../src/model/template.ts';
import { type Action, type Chapter, type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';
import { nodesUpTo } from '../../src/model/chapters-up-to.ts';
import { workshop as included } from '../real/the-workshop.ts';
import { impatient, keyText, type Mood, type Told, toldSession } from './told-world.ts';

const workshop: Workshop = { ...included, values: withOwnPasswords(included.values) };
const secrets = workshopSecrets(workshop);
const redaction = createRedaction(secrets);
const [edition] = workshop.editions;
if (edition === undefined) throw new Error('the workshop has an edition');

const moods: readonly Mood[] = ['echo', 'refuse', 'https'];
/** The end of the cluster over HTTPS, and that of the plain one. */
const recorded = included.chapters.filter(({ slug }) => ['https', 'haproxy'].includes(slug));
const actions = workshop.chapters.flatMap((chapter) =>
  chapter.steps.flatMap((step) => step.actions.map((action) => ({ chapter, action }))),
);

const told: Told = { commands: [], events: [] };
const errors: unknown[] = [];

beforeAll(async () => {
  for (const { chapter, action } of actions)
    for (const end of recorded)
      for (const mood of moods)
        await listenTo(chapter, action, mood, end).catch((error: unknown) => errors.push(error));
}, 300_000);

describe('the actions of all chapters', () => {
  test('were all listened to, and handed over every password', () => {
    const used = new Set(actions.map(({ action }) => action.kind));
    expect([...actionKinds.keys()].filter((kind) => !used.has(kind))).toEqual([]);
    const given = told.commands.map(({ input }) => input).join('\n');
    expect(secrets.filter((secret) => !given.includes(secret))).toEqual([]);
    expect(given).toContain(`root:${workshop.values['etcd_root_password'] ?? ''}\n`);
    expect(given).toContain(keyText);
  });

  test('give no program a password among its arguments', () => {
    const open = told.commands.filter(({ argv }) => revealing(argv.join(' ')));
    expect([...new Set(open.map(({ argv }) => argv.join(' ')))]).toEqual([]);
  });

  test('tell listeners of none, though the programs say what they were given', () => {
    expect(told.events.filter((event) => revealing(JSON.stringify(event))).length).toBeGreaterThan(10);
    const safe = told.events.map((event) => redactEvent(event, redaction));
    expect(safe.filter((event) => revealing(JSON.stringify(event)))).toEqual([]);
  });

  test('fail without telling of any', () => {
    const shown = (error: unknown): string => [error, (error as Error).stack, JSON.stringify(error)].join('\n');
    expect(errors.filter((error) => revealing(shown(error))).length).toBeGreaterThan(0);
    expect(errors.map((error) => shown(redactError(error, redaction))).filter(revealing)).toEqual([]);
  });

  test('leave none in the transcript', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lab-secrets-'));
    const transcript = await openTranscript(directory, 'run', () => new Date());
    for (const event of told.events) transcript.write(redactEvent(event, redaction));
    await transcript.close();
    const text = await readFile(transcript.path, 'utf8');
    await rm(directory, { recursive: true });
    expect(text).toContain('***');
    expect(text.split('\n').filter(revealing)).toEqual([]);
  });
});

function revealing(text: string): boolean {
  return [...secrets, keyText].some((secret) => text.includes(secret));
}

async function listenTo(chapter: Chapter, action: Action, mood: Mood, end: Chapter): Promise<void> {
  if (edition === undefined) return;
  const session = toldSession({ workshop, edition }, { chapter: end, as: included }, mood, told);
  const args: unknown = renderDeep(action.with, templateScope(workshop, edition));
  const place = { chapter, nodes: targets(chapter, action), item: action.kind };
  await withActionContext(session, place, async (context) => {
    await actionKinds.get(action.kind)?.run(impatient(context), args);
  });
}

function targets(chapter: Chapter, { on }: Action): readonly NodeDefinition[] {
  const nodes = nodesUpTo(workshop, chapter.id);
  if (on === undefined) return nodes;
  if (on.kind === 'node') return nodes.filter(({ name }) => name === on.node);
  // A role is somebody's.
  return on.kind === 'role'
    ? nodes.filter(({ member }) => member !== undefined).slice(0, 1)
    : nodes.filter(({ name }) => on.nodes.includes(name));
}

function withOwnPasswords(values: Workshop['values']): Workshop['values'] {
  const own = (key: string, value: string): string =>
    key.endsWith('_password') ? randomBytes(18).toString('base64url') : value;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, own(key, value)]));
}
