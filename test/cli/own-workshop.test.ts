import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { save } from '../../src/cli/checkpoints.ts';
import { destroy, down } from '../../src/cli/down.ts';
import { shell } from '../../src/cli/in-nodes.ts';
import { type Verb } from '../../src/cli/services.ts';
import { reset, start } from '../../src/cli/start.ts';
import { up } from '../../src/cli/up.ts';
import { withSession } from '../../src/cli/with-session.ts';
import { labPaths } from '../../src/model/home-paths.ts';
import { cliWorld, type CliWorld, quietWorkshop } from './cli-world.ts';

let lab: CliWorld;
/** The same home and lab, with `--workshop` of another name or place. */
let other: CliWorld;
let moved: CliWorld;
const journal = () => readFile(labPaths(lab.invocation.home, lab.invocation.lab).journal, 'utf8');

beforeEach(async () => {
  lab = await cliWorld();
  await up(lab.world, lab.invocation, undefined, {});
  other = await cliWorld({ workshop: { ...quietWorkshop(), name: 'mysql', directory: '/else/where' } });
  moved = await cliWorld({ workshop: { ...quietWorkshop(), directory: '/else/where' } });
});
afterEach(async () => {
  for (const { invocation } of [lab, other, moved]) await rm(invocation.home, { recursive: true });
});

const verbs: readonly [string, Verb<[]>][] = [
  ['up', (world, invocation) => up(world, invocation, undefined, {})],
  ['up --dry-run', (world, invocation) => up(world, invocation, undefined, { dryRun: true })],
  ['start', (world, invocation) => start(world, invocation, undefined)],
  ['reset', (world, invocation) => reset(world, invocation, undefined, {})],
  ['save', (world, invocation) => save(world, invocation, 'lunch', {})],
  ['shell', (world, invocation) => shell(world, invocation, 'a')],
  ['down', down],
  ['destroy', destroy],
];

test.each(verbs)('lab %s with another workshop than its own is refused, and nothing is done', async (_, verb) => {
  const before = await journal();
  await expect(verb(other.world, lab.invocation)).rejects.toMatchObject({
    code: 'workshop-fixed',
    exit: 2,
    what: {
      en: 'Lab alice was created from the workshop test, and stays with it; /else/where is the workshop mysql.',
      fr: expect.stringContaining("à partir de l'atelier test") as string,
    },
    hint: { en: 'Its own lay here: --workshop /nowhere. Another lab can be made from this one: --lab mysql' },
  });
  expect(await journal()).toBe(before);
});

test('a session refuses it too: somebody else may have made the lab a moment ago', async () => {
  const never = () => Promise.reject(new Error('worked on it'));
  await expect(withSession(other.world, lab.invocation, never)).rejects.toMatchObject({
    cause: { code: 'workshop-fixed', exit: 2 },
  });
});

test('the same workshop at another place is its own', async () => {
  expect(await up(moved.world, lab.invocation, undefined, {})).toBe(0);
});

test('a lab that does not know its workshop is accepted with any', async () => {
  const { journal: file } = labPaths(lab.invocation.home, lab.invocation.lab);
  await writeFile(file, (await journal()).replace(',"workshop":"test","directory":"/nowhere"', ''));
  expect(await up(other.world, lab.invocation, undefined, { dryRun: true })).toBe(0);
});

test('of one that was made before its place was written down, only the name is known', async () => {
  const { journal: file } = labPaths(lab.invocation.home, lab.invocation.lab);
  await writeFile(file, (await journal()).replace(',"directory":"/nowhere"', ''));
  await expect(up(other.world, lab.invocation, undefined, {})).rejects.toMatchObject({
    code: 'workshop-fixed',
    hint: { en: 'Name its own with --workshop. Another lab can be made from this one: --lab mysql' },
  });
});
