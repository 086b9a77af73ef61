// Each chapter started and done only with the commands of its text, as a person would: that proves the text.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chapterText } from '../../../src/cli/chapter-text.ts';
import { type CommandResult } from '../../../src/model/command.ts';
import { editionName } from '../../../src/model/ids.ts';
import { type LabStatus } from '../../../src/model/lab-status.ts';
import { waitUntil } from '../../../src/clock/wait-until.ts';
import { runProgram } from '../../../src/process/run-program.ts';
import { findEdition } from '../../../src/workshop/find-edition.ts';
import { needsKeptEnd } from '../kept-end.ts';
import { type RealLab } from '../lab-runner.ts';
import { program, realLab, removeLab } from '../real-lab.ts';
import { workshop } from '../the-workshop.ts';
import { type TypedBlock, typedBlocks } from '../typed-blocks.ts';

interface Typed {
  readonly edition: 'trixie' | 'bookworm';
  /** Of chapters that follow on each other. */
  readonly slugs: readonly string[];
  /** How the lab comes to the end of the chapter before the first one. */
  readonly from: 'nothing' | 'the kept end' | 'a lab that is built';
}

export function typeChapters({ edition, slugs, from }: Typed): void {
  describe(`by hand on ${edition}`, () => {
    const chapters = workshop.chapters.filter(({ slug }) => slugs.includes(slug));
    const before = workshop.chapters.find(({ number }) => number + 1 === chapters[0]?.number)?.slug ?? '';
    const lab = realLab(`by-hand-${String(chapters[0]?.number)}-${edition}`, edition);
    beforeAll(async () => {
      // `lab start` restores it.
      if (from === 'the kept end') await needsKeptEnd(before, edition);
      if (from === 'a lab that is built') await lab.mustLab(['up', before]);
    });
    afterAll(async () => {
      await removeLab(lab);
      await rm(personsHome(lab), { recursive: true, force: true });
    });

    test.each(chapters.map((chapter) => [chapter.slug, chapter] as const))('%s', async (slug, chapter) => {
      await lab.mustLab(['start', slug]);
      // The commands are the same in both languages: test/workshop/typed-blocks-agree.test.ts.
      const text = chapterText(workshop, findEdition(workshop, editionName(edition)), chapter, 'en');
      for (const step of chapter.steps) {
        for (const block of typedBlocks(text.steps[step.id]?.text ?? '')) await type(lab, block, `${slug}/${step.id}`);
      }
      const verified = await lab.lab(['verify', '--wait', '60s']);
      expect(verified.exitStatus, verified.stdout).toBe(0);
    });
  });
}

/** Seconds. Texts wait in loops of the shell: one that waits for ever has to say where. */
const patience = 300;

async function type(lab: RealLab, { where, script }: TypedBlock, step: string): Promise<void> {
  if (where === 'host') return typeOnHost(lab, script, step);
  for (const node of typeof where === 'string' ? [await nodeOf(lab, where)] : where) {
    const result = await lab.lab(['exec', node, '--', 'timeout', String(patience), 'bash', '-ec', script]);
    ended(result, `${step} on ${node}`, script);
  }
}

function ended({ exitStatus, stdout, stderr }: CommandResult, what: string, script: string): void {
  // 124 is what timeout says; null is lab's own end of a program.
  const late = [124, null].includes(exitStatus) ? ` did not end within ${String(patience)} s` : '';
  expect(exitStatus, `${what}${late}:\n${script}\n${stdout}${stderr}`).toBe(0);
}

/** Where `lab` is the program under test, for scripts of the person's too, and what is kept in ~ stays with the lab. */
async function typeOnHost(lab: RealLab, script: string, step: string): Promise<void> {
  const define = `lab() { ${program.map((part) => `'${part}'`).join(' ')} "$@"; }; export -f lab`;
  const home = personsHome(lab);
  await mkdir(home, { recursive: true });
  const result = await runProgram(['bash', '-ec', `${define}\n${script}`], {
    timeoutSeconds: patience,
    env: { HOME: home, LAB_HOME: lab.home, LAB_NAME: lab.name, LAB_LANG: 'en', NO_COLOR: '1' },
  });
  ended(result, `${step} on the host`, script);
}

function personsHome({ home, name }: RealLab): string {
  return join(home, `person-${name}`);
}

/**
 * As Patroni says it: around a fault there may be nobody who says it, for a moment. A member that has been frozen for
 * longer than the ttl is no longer said at all; the replica is "the other one" then too, as the text has it.
 */
async function nodeOf(lab: RealLab, role: 'leader' | 'replica'): Promise<string> {
  let found: string | null | undefined;
  await waitUntil(
    async () => {
      const status = JSON.parse((await lab.mustLab(['status', '--format', 'json'])).stdout) as LabStatus;
      const members = status.patroni?.members ?? [];
      const leader = members.find((member) => member.role === 'leader')?.node;
      const replica = members.find((member) => member.role !== 'leader')?.node;
      found = role === 'leader' ? leader : (replica ?? theOther(status, leader));
      return typeof found === 'string';
    },
    { withinSeconds: 30 },
  );
  if (typeof found !== 'string') throw new Error(`no ${role} now`);
  return found;
}

function theOther({ nodes }: LabStatus, leader: string | null | undefined): string | undefined {
  const mayBe = nodes.filter(({ name, state }) => state === 'running' && name.startsWith('pg-') && name !== leader);
  return typeof leader === 'string' ? mayBe[0]?.name : undefined;
}
