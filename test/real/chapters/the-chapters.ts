// The chapters end to end, as users run them. What is built is kept for the suites that come after.

import { afterAll, describe, expect, test } from 'vitest';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { labName } from '../../../src/model/ids.ts';
import { runProgram } from '../../../src/process/run-program.ts';
import { namespaceName } from '../../../src/provider/lxc/network.ts';
import { killedWhen, newestTranscript } from '../killed-when.ts';
import { deleteByHand, realLab, type RealLab, removeLab, testHome } from '../real-lab.ts';
import { slugs } from '../the-workshop.ts';

interface Status {
  readonly nodes: readonly { readonly name: string; readonly state: string }[];
  readonly etcd: { readonly healthy: number };
  readonly patroni: {
    readonly leader: string;
    readonly members: readonly { readonly name: string; readonly state: string; readonly timeline: number }[];
  };
}

interface Event {
  readonly kind: string;
  readonly item?: string;
  readonly outcome?: string;
}

function events(text: string): readonly Event[] {
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);
}

/** One after the other, as in a class; the ends are kept, for nobody has a shell in it. */
export function chapterByChapter(edition: 'trixie' | 'bookworm'): void {
  describe(`the chapters on ${edition}`, () => {
    const lab = realLab(`chapters-${edition}`, edition);
    afterAll(() => removeLab(lab));

    test.each(slugs)('up %s: built, and its checks pass', async (slug) => {
      // The worst moment: etcd asks for names, and Patroni has none yet.
      if (slug === 'https')
        await killedWhen(lab, ['up', slug], async () => (await newestTranscript(lab)).includes('auth enable'), 300);
      await lab.mustLab(['up', slug]);
      await lab.passes(slug);
    });

    test('the end of every chapter is kept', async () => {
      expect(await keptEnds(edition)).toEqual(everyChapter);
    });

    allIsWellAtTheEnd(lab);
  });
}

/** The evening before: `lab prepare --chapters` builds them all in one go, and a new lab is restored. */
export function chaptersInAdvance(edition: 'trixie' | 'bookworm'): void {
  describe(`the chapters on ${edition}, in advance`, () => {
    const lab = realLab(`chapters-${edition}`, edition);
    afterAll(() => removeLab(lab));
    const hour = 3600;

    test(
      'lab prepare --chapters keeps the end of each, and leaves no lab behind',
      async () => {
        await lab.mustLab(['prepare', '--chapters', '--edition', edition], { timeoutSeconds: hour });
        expect(await keptEnds(edition)).toEqual(everyChapter);
        const { labs } = JSON.parse((await lab.mustLab(['list', '--format', 'json'])).stdout) as {
          labs: readonly { readonly name: string }[];
        };
        expect(labs.filter(({ name }) => name.startsWith('prepare'))).toEqual([]);
        // The second time there is nothing to do.
        const again = await lab.mustLab(['prepare', '--chapters', '--edition', edition, '--format', 'json']);
        expect(again.stdout).not.toContain('item-started');
      },
      hour * 1000,
    );

    test('a new lab is at the end of the last one at once', async () => {
      const run = await lab.mustLab(['up', slugs.at(-1) ?? '', '--format', 'json']);
      expect(events(run.stdout).some(({ kind }) => kind === 'command-ran')).toBe(false);
    });

    allIsWellAtTheEnd(lab);
  });
}

const everyChapter = slugs.map((_, index) => `chapter-${String(index + 1)}`).sort();

async function keptEnds(edition: string): Promise<readonly string[]> {
  const names = await readdir(join(testHome(), 'checkpoints', 'patroni-etcd', edition));
  return names.flatMap((name) => /^chapter-\d+/.exec(name)?.[0] ?? []).sort();
}

function allIsWellAtTheEnd(lab: RealLab): void {
  test('the checks of every chapter pass at the end of the last one, and another up changes nothing', async () => {
    for (const slug of slugs) await lab.passes(slug);
    const again = await lab.mustLab(['up', slugs.at(-1) ?? '', '--format', 'json']);
    const finished = events(again.stdout).filter((event) => event.kind === 'item-finished');
    expect(finished.length).toBeGreaterThan(20);
    expect(finished.every((event) => event.outcome === 'unchanged')).toBe(true);
  });
}

/** On one edition: what is done here is lab's own, and `test/real/wrong-states.test.ts` repairs nodes of the other. */
export function whatHappensToALab(edition: 'trixie' | 'bookworm'): void {
  describe(`a lab on ${edition} and what happens to it`, () => {
    // After down and up it is Patroni's to say: members that start together stand for election together.
    const replicaOf = ({ patroni }: Status): string => (patroni.leader === 'pg-1' ? 'pg-patroni2' : 'pg-patroni1');
    const lab = realLab(`disturbed-${edition}`, edition);
    const status = async (): Promise<Status> =>
      JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as Status;
    afterAll(() => removeLab(lab));

    test('up chapter-1: three etcd members', async () => {
      await lab.mustLab(['up', 'chapter-1']);
      const verified = await lab.verify();
      expect(verified).toMatchObject({ passed: true, counts: { fail: 0, unknown: 0 } });
      expect((await lab.inNode('etcd2', 'etcdctl get --print-value-only /workshop/hello')).trim()).toBe('from etcd1');
    });

    test('up chapter-2: a leader and a replica', async () => {
      await lab.mustLab(['up', 'patroni']);
      await lab.passes();
      const seen = await status();
      expect(seen.etcd.healthy).toBe(3);
      expect(seen.patroni.leader).toBe('pg-1');
      expect(seen.patroni.members.map((member) => member.name).sort()).toEqual(['pg-1', 'pg-2']);
      const rows =
        "runuser -u postgres -- psql -XAtq -U dba -p 5434 -d postgres -c 'select count(*) from workshop_rows'";
      expect((await lab.inNode('pg-patroni2', rows)).trim()).toBe('100');
    });

    test('a second up changes nothing', async () => {
      const again = await lab.mustLab(['up', 'chapter-2', '--format', 'json']);
      const finished = events(again.stdout).filter((event) => event.kind === 'item-finished');
      expect(finished.length).toBeGreaterThan(5);
      expect(finished.every((event) => event.outcome === 'unchanged')).toBe(true);
      expect(events(again.stdout).some((event) => event.kind === 'command-ran')).toBe(false);
    });

    test('no node has a way out, and the host has no route in', async () => {
      expect((await lab.inNode('etcd1', 'ip route show default')).trim()).toBe('');
      const route = await runProgram(['ip', '-json', 'route', 'show', '10.0.3.0/24']);
      expect(route.stdout.trim()).toMatch(/^(\[\s*\])?$/);
    });

    test('down stops everything in order; up brings the same cluster back, with nothing done again', async () => {
      await lab.mustLab(['down']);
      expect((await status()).nodes.every((node) => node.state === 'stopped')).toBe(true);
      const again = await lab.mustLab(['up', '--format', 'json']);
      const steps = events(again.stdout).filter(
        (event) => event.kind === 'item-finished' && event.item?.startsWith('step'),
      );
      expect(steps.filter((event) => event.outcome !== 'unchanged')).toEqual([]);
      await lab.passes();
    });

    test('after a reboot of the host, nodes and namespace gone, up brings the lab back', async () => {
      const { nodes } = await status();
      const lxcPath = join(testHome(), 'labs', lab.name, 'nodes');
      await Promise.all(nodes.map((node) => runProgram(['lxc-stop', '-k', '-P', lxcPath, '-n', node.name])));
      await runProgram(['ip', 'netns', 'delete', namespaceName(testHome(), labName(lab.name))]);
      await lab.mustLab(['up']);
      await lab.passes();
    });

    test('a node deleted by hand is made again and joins: a Patroni replica', async () => {
      await deleteByHand(lab, replicaOf(await status()));
      await lab.mustLab(['up', 'chapter-2']);
      await lab.passes();
    });

    test('a node deleted by hand is made again and joins: an etcd member', async () => {
      await deleteByHand(lab, 'etcd2');
      await lab.mustLab(['up', 'chapter-2']);
      await lab.passes('chapter-2');
      // What only that node's journal told of is gone with it; a lesson of an earlier chapter is not repeated for it.
      const { checks } = await lab.verify('chapter-1');
      expect(checks.filter(({ verdict }) => verdict !== 'pass').map(({ id }) => id)).toEqual(['quorum-was-lost']);
    });
  });
}
