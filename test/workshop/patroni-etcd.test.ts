import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { nodesUpTo } from '../../src/model/chapters-up-to.ts';
import { type Target } from '../../src/model/target.ts';
import { renderDeep, templateScope } from '../../src/model/template.ts';
import { type Chapter, type Edition, type NodeDefinition, type Workshop } from '../../src/model/workshop.ts';
import { languages } from '../../src/model/words.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { anyKinds } from './any-kinds.ts';

const directory = new URL('../../labs/patroni-etcd', import.meta.url).pathname;

function mayBeAt(target: Target | undefined, node: NodeDefinition): boolean {
  if (target?.kind === 'node') return target.node === node.name;
  if (target?.kind === 'group') return target.nodes.includes(node.name);
  return target === undefined || node.member !== undefined;
}

/** Everything of a chapter that is rendered when it runs or is read, in the places where it is. */
function renderChapter(workshop: Workshop, edition: Edition, chapter: Chapter): readonly unknown[] {
  const nobody = templateScope(workshop, edition);
  const checks = chapter.steps.flatMap((step) => step.checks);
  return [
    ...chapter.steps.flatMap((step) => step.actions.map((action) => renderDeep(action.with, nobody))),
    ...languages.flatMap((language) => {
      const { title, intro, steps, checks: checkWords } = chapter.words[language];
      const ofChecks = checks.flatMap((check) => {
        const words = checkWords[check.id];
        expect(words, `${language} words of ${check.id}`).toBeDefined();
        const isForCluster = checkKinds.get(check.kind)?.scope === 'cluster';
        const nodes = nodesUpTo(workshop, chapter.id).filter((node) => mayBeAt(check.on, node));
        const scopes = isForCluster ? [nobody] : nodes.map((node) => templateScope(workshop, edition, node));
        return scopes.map((scope) => renderDeep([words, check.with], scope));
      });
      return [renderDeep([title, intro, steps], nobody), ...ofChecks];
    }),
  ];
}

describe('the workshop that comes with the program', () => {
  it('is valid with the actions and checks that there are', async () => {
    const workshop = await loadWorkshop({ actionKinds, checkKinds }, directory);
    expect(workshop.chapters.map(({ id, slug }) => `${id} ${slug}`)).toEqual([
      'chapter-1 etcd',
      'chapter-2 patroni',
      'chapter-3 failover',
      'chapter-4 failback',
      'chapter-5 replica',
      'chapter-6 dcs',
      'chapter-7 haproxy',
      'chapter-8 https',
      'chapter-9 sync',
      'chapter-10 pgbackrest',
    ]);
  });

  it('brings in the nodes of its text, at its addresses', async () => {
    const { nodes, chapters } = await loadWorkshop(anyKinds, directory);
    expect(nodes.map(({ name, address, member = '' }) => `${name} ${address} ${member}`.trim())).toEqual([
      'etcd1 10.0.3.64',
      'etcd2 10.0.3.78',
      'etcd3 10.0.3.32',
      'pg-patroni1 10.0.3.141 pg-1',
      'pg-patroni2 10.0.3.201 pg-2',
      'pg-patroni3 10.0.3.68 pg-3',
    ]);
    expect(chapters.map((chapter) => chapter.nodes)).toEqual([
      ['etcd1', 'etcd2', 'etcd3'],
      ['pg-patroni1', 'pg-patroni2'],
      [],
      [],
      ['pg-patroni3'],
      ...Array.from({ length: 5 }, () => []),
    ]);
  });

  it('can be rendered wherever it names a value, in every edition and language', async () => {
    const workshop = await loadWorkshop({ actionKinds, checkKinds }, directory);
    for (const edition of workshop.editions) {
      for (const chapter of workshop.chapters) {
        expect(JSON.stringify(renderChapter(workshop, edition, chapter))).not.toContain('{{');
      }
    }
  });

  it('costs little more than the parsing of its YAML', async () => {
    const paths = (await readdir(directory, { recursive: true })).filter(
      (path) => path.endsWith('.yml') && !path.includes('files'),
    );
    const texts = await Promise.all(paths.map((path) => readFile(join(directory, path), 'utf8')));
    const parsing = await fastest(async () => texts.map((text) => parse(text) as unknown));
    const loading = await fastest(() => loadWorkshop(anyKinds, directory));
    // Compared within one run, so that a busy machine changes nothing; three times leaves room for chance.
    expect(loading).toBeLessThan(3 * parsing);
  });
});

/** Milliseconds of the fastest of ten times, so that what runs beside it hardly counts. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 10; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return Math.min(...times);
}
