import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Workshop } from '../../src/model/workshop.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { tinyKinds } from './tiny-kinds.ts';

const good = new URL('../../fixtures/bad-workshops/good', import.meta.url).pathname;

describe('a good workshop', () => {
  it('is known by its nodes, groups, images and editions', async () => {
    const workshop = await loadWorkshop(tinyKinds, good);
    expect(workshop).toMatchObject({
      name: 'tiny',
      directory: good,
      network: { address: '10.9.0.1', prefixLength: 24 },
      defaultEdition: 'new',
      editions: [
        { name: 'new', values: { etcd: '3.5' } },
        { name: 'old', values: { etcd: '3.4' } },
      ],
      images: [
        { name: 'base', on: undefined, packages: ['systemd'], finish: [] },
        { name: 'etcd', on: 'base', packages: ['etcd-{{ edition.etcd }}'], finish: [] },
      ],
      poolPackages: ['vim'],
      values: { token: 'secret' },
      groups: { all: ['a1', 'a2'] },
    });
    expect(workshop.nodes).toEqual([
      { name: 'a1', address: '10.9.0.11', image: 'etcd', member: 'm1', aliases: ['one'], groups: ['all'] },
      { name: 'a2', address: '10.9.0.12', image: 'etcd', member: 'm2', aliases: [], groups: ['all'] },
    ]);
  });

  it('numbers its chapters by their place and names them by their folder', async () => {
    const { chapters } = await loadWorkshop(tinyKinds, good);
    expect(chapters.map(({ id, number, slug, nodes }) => ({ id, number, slug, nodes }))).toEqual([
      { id: 'chapter-1', number: 1, slug: 'first', nodes: ['a1'] },
      { id: 'chapter-2', number: 2, slug: 'second', nodes: ['a2'] },
    ]);
    expect(chapters[1]?.directory).toBe(join(good, 'chapters', '02-second'));
  });

  it('aims at the nodes of a group that the chapters so far brought in', async () => {
    const { chapters } = await loadWorkshop(tinyKinds, good);
    expect(chapters[0]?.steps[0]?.actions[0]?.on).toEqual({ kind: 'group', group: 'all', nodes: ['a1'] });
    expect(chapters[1]?.steps[0]?.actions[0]?.on).toEqual({ kind: 'group', group: 'all', nodes: ['a1', 'a2'] });
    expect(chapters[1]?.steps[0]?.actions[1]?.on).toEqual({ kind: 'role', role: 'leader' });
    expect(chapters[0]?.steps[0]?.checks[0]?.on).toEqual({ kind: 'node', node: 'a1' });
    expect(chapters[0]?.steps[1]?.checks[0]?.on).toBeUndefined();
  });

  it('gives arguments as their kind completes them, and time limits in seconds', async () => {
    const { chapters } = await loadWorkshop(tinyKinds, good);
    expect(chapters[0]?.steps[0]?.actions[0]?.with).toEqual({
      file: 'etcd.conf',
      path: '/etc/etcd.conf',
      mode: '0644',
    });
    const limits = chapters.flatMap(({ steps }) =>
      steps.flatMap(({ checks }) => checks.map((check) => check.withinSeconds)),
    );
    expect(limits).toEqual([undefined, 30, 120, undefined, undefined]);
  });

  it('has the words of both languages', async () => {
    const { chapters } = await loadWorkshop(tinyKinds, good);
    expect(chapters[0]?.words.en.steps['configure']?.hints).toEqual(['look', 'look again']);
    expect(chapters[0]?.words.fr.checks['runs']?.title).toBe('etcd tourne sur {{ node.name }}');
  });

  it('may be named relative to where one is', async () => {
    const relative = join('fixtures', 'bad-workshops', 'good');
    expect((await loadWorkshop(tinyKinds, relative)).directory).toBe(join(process.cwd(), relative));
  });
});

describe('no workshop', () => {
  it.each(['nowhere', 'chapters', 'workshop.yml'])('in %s is a usage error, not an invalid workshop', async (name) => {
    await expect(loadWorkshop(tinyKinds, join(good, name))).rejects.toMatchObject({
      code: 'workshop-missing',
      exit: 2,
    });
  });
});

describe("a step's fingerprint", () => {
  let directory = '';
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'workshop-'));
    await cp(good, directory, { recursive: true });
  });
  afterEach(() => rm(directory, { recursive: true }));

  const fingerprints = (workshop: Workshop) =>
    Object.fromEntries(
      workshop.chapters.flatMap(({ steps }) => steps.map((step) => [step.id as string, step.fingerprint])),
    );

  /** The steps whose fingerprint differs once `before` stands as `after` in the file. */
  async function changedBy(file: string, before: string, after: string): Promise<readonly string[]> {
    const was = fingerprints(await loadWorkshop(tinyKinds, directory));
    const path = join(directory, file);
    const text = await readFile(path, 'utf8');
    expect(text).toContain(before);
    await writeFile(path, text.replace(before, after));
    const is = fingerprints(await loadWorkshop(tinyKinds, directory));
    return Object.keys(is).filter((step) => is[step] !== was[step]);
  }

  it('is sixteen hexadecimal digits, and its own for every step', async () => {
    const all = Object.values(fingerprints(await loadWorkshop(tinyKinds, directory)));
    expect(all).toEqual([0, 1, 2].map(() => expect.stringMatching(/^[0-9a-f]{16}$/) as string));
    expect(new Set(all).size).toBe(3);
  });

  it('changes with an action', async () => {
    expect(await changedBy('chapters/01-first/chapter.yml', 'state: running', 'state: stopped')).toEqual(['run']);
  });

  it('changes with a check', async () => {
    expect(await changedBy('chapters/02-second/chapter.yml', 'at_least: 2', 'at_least: 1')).toEqual(['join']);
  });

  it('changes with a file that the step writes', async () => {
    expect(await changedBy('chapters/01-first/files/etcd.conf', 'address:', 'listen:')).toEqual(['configure']);
  });

  it('changes with a file of an earlier chapter that the step writes too', async () => {
    const again = `steps:
  - id: join
    actions:
      - { do: write-file, on: all, with: { file: 01-first/etcd.conf, path: /etc/etcd.conf } }
`;
    const path = join(directory, 'chapters/02-second/chapter.yml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('steps:\n  - id: join\n    actions:\n', again));
    expect(await changedBy('chapters/01-first/files/etcd.conf', 'address:', 'listen:')).toEqual(['configure', 'join']);
  });

  it('changes with a value that is named in a file of the step', async () => {
    expect(await changedBy('workshop.yml', 'token: secret', 'token: other')).toEqual(['configure']);
  });

  it('changes with an edition value that is named in an argument', async () => {
    expect(await changedBy('workshop.yml', '3.4', '3.3')).toEqual(['join']);
  });

  it('does not change with words, with the order of keys, or with a value that nothing names', async () => {
    expect(await changedBy('chapters/01-first/en.yml', 'title: Run', 'title: Go')).toEqual([]);
    expect(
      await changedBy('chapters/01-first/chapter.yml', 'unit: etcd, state: running', 'state: running, unit: etcd'),
    ).toEqual([]);
    expect(await changedBy('workshop.yml', 'values:\n', 'values:\n  unused: "1"\n')).toEqual([]);
  });
});
