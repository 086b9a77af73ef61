// Every chapter of the workshop, built in one go as a trainer does on the evening before, and ended in the middle by force.
// What is kept here, all other suites restore.

import { afterAll, describe, expect, test } from 'vitest';
import { keptEnds } from '../kept-end.ts';
import { killedWhen, newestTranscript } from '../killed-when.ts';
import { realLab, removeLab } from '../real-lab.ts';
import { whatChanged } from '../run-events.ts';
import { slugs } from '../the-workshop.ts';
import { sampleArguments } from '../../secrets/sample-arguments.ts';
import { holdsSecret, tellsSecret } from '../../secrets/tells-secret.ts';
import { builder } from './kept-beside.ts';
import { keptTexts } from './open-files.ts';

describe('the chapters on trixie, in one go', () => {
  const lab = realLab(builder, 'trixie');
  const last = slugs.at(-1) ?? '';
  const sampler = sampleArguments(lab, tellsSecret);
  let events = '';
  afterAll(async () => {
    sampler.end();
    await removeLab(lab);
  });

  test('lab up, killed at the worst moment of chapter 8: etcd asks for names, and Patroni has none yet', async () => {
    expect(await keptEnds(), 'restored, they would not be built').toEqual([]);
    const moment = async () => (await newestTranscript(lab)).includes('auth enable');
    await killedWhen(lab, ['up', last], moment, 800);
  }, 900_000);

  test('the next lab up goes on to the end of the last chapter, and keeps the end of every chapter', async () => {
    events = (await lab.mustLab(['up', last, '--format', 'json'], { timeoutSeconds: 800 })).stdout;
    expect(await keptEnds()).toEqual(slugs);
  }, 900_000);

  test.each(slugs)('every check of %s passes', (slug) => lab.passes(slug));

  test('no program that lab started had a password or a token among its arguments', () => {
    expect(sampler.looks()).toBeGreaterThan(100);
    expect(sampler.found()).toEqual([]);
  });

  test('no secret stands in the events, the journal, the transcripts, or a file that everybody may read', async () => {
    const texts = [['events', events] as const, ...(await keptTexts(lab))];
    expect(texts.some(([path]) => path.endsWith('.log')) && texts.some(([path]) => path.endsWith('.jsonl'))).toBe(true);
    expect(texts.filter(([, text]) => holdsSecret(text)).map(([path]) => path)).toEqual([]);
  });

  test('another up changes nothing', async () => {
    const { looked, changed } = whatChanged((await lab.mustLab(['up', last, '--format', 'json'])).stdout);
    expect(looked).toBeGreaterThan(30);
    expect(changed).toEqual([]);
  });
});
