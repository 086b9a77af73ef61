import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../../src/model/errors.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { tinyKinds } from './tiny-kinds.ts';

// Each folder beside good/ holds the files of good/ that it has wrong, and the messages that it must lead to.
const fixtures = new URL('../../fixtures/bad-workshops/', import.meta.url).pathname;
const cases = (await readdir(fixtures)).filter((name) => name !== 'good');

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'bad-workshops-'));
});
afterAll(() => rm(scratch, { recursive: true }));

async function refusal(name: string): Promise<LabError> {
  const directory = join(scratch, name);
  await cp(join(fixtures, 'good'), directory, { recursive: true });
  await cp(join(fixtures, name), directory, { recursive: true });
  const error: unknown = await loadWorkshop(tinyKinds, directory).catch((reason: unknown) => reason);
  if (error instanceof LabError) return error;
  throw new Error(`${name} was not refused with a LabError`, { cause: error });
}

describe('a workshop with mistakes', () => {
  it('exists for forty kinds of slip', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  it.each(cases)('%s: all of them are said, each with file, line and column', async (name) => {
    const error = await refusal(name);
    expect({ code: error.code, exit: error.exit }).toEqual({ code: 'workshop-invalid', exit: 3 });
    const [heading, ...lines] = error.what.en.replaceAll(`${join(scratch, name)}/`, '').split('\n');
    expect(`${lines.join('\n')}\n`).toBe(await readFile(join(fixtures, name, 'expected.txt'), 'utf8'));
    expect(heading).toMatch(lines.length === 1 ? /^One place/ : new RegExp(`^${String(lines.length)} places`));
  });

  it.each(cases)('%s: French says the same of the same places', async (name) => {
    const { en, fr } = (await refusal(name)).what;
    const places = (text: string) => text.split('\n').map((line) => /^.*?:\d+:\d+: /.exec(line)?.[0]);
    expect(places(fr)).toEqual(places(en));
    const translated = fr.split('\n').map((line, index) => line !== en.split('\n')[index]);
    expect(translated).not.toContain(false);
  });
});
