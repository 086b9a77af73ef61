import { expect, test } from 'vitest';
import { type Repetition } from '../../src/model/measurement.ts';
import { drawTenths } from '../../src/ui/draw-tenths.ts';
import { type MeasuredLab } from '../../src/ui/measured-lab.ts';
import { measurementAsHtml } from '../../src/ui/measurement-as-html.ts';
import { measurementAsText } from '../../src/ui/measurement-as-text.ts';
import { readXml } from './well-formed-xml.ts';

const tenth = (at: number, acknowledged: number) => ({ at, acknowledged, failed: 0, reads: 1, failedReads: 0 });

const repetition: Repetition = {
  run: 'kill-node-1',
  faultAt: '2026-11-23T20:00:00.000Z',
  leaderBefore: 'pg-1',
  leaderAfter: 'pg-2',
  hit: [],
  rows: {
    attempted: 9,
    acknowledged: 6,
    kept: 4,
    lost: [
      { client: 1, n: 7 },
      { client: 2, n: 8 },
    ],
    recovered: 1,
    refused: 2,
    unexpected: [],
  },
  withoutWrites: { from: 0.1, to: 0.4, seconds: 0.3 },
  withoutReads: null,
  brokenConnections: 3,
  layers: [
    { layer: 'fault', at: 0, who: 'pg-patroni1' },
    { layer: 'new-leader-key', at: 0.2, who: 'pg-2' },
    { layer: 'first-write', at: 0.4, who: null },
  ],
  throughput: [tenth(-0.1, 2), tenth(0, 2), tenth(0.1, 0), tenth(0.2, 0), tenth(0.3, 0), tenth(0.4, 2)],
};
const one = { min: 0.3, median: 0.3, max: 0.3 };
const measured: MeasuredLab = {
  lab: 'main',
  edition: 'trixie',
  scenario: 'kill-node',
  synchronous: 'off',
  way: 'haproxy',
  clients: 2,
  seed: 1,
  bound: { seconds: 5, parts: [{ what: 'ttl', seconds: 5 }] },
  repetitions: [repetition],
  summary: { withoutWrites: one, withoutReads: one, lost: one, brokenConnections: one },
};

test('a time line stands for all of the time, in as many characters as fit', () => {
  const drawn = drawTenths(repetition.throughput, 80);
  expect(drawn.writes).toEqual(['all', 'all', 'none', 'none', 'none', 'all']);
  expect(drawn).toMatchObject({ from: -0.1, secondsPerMark: 0.1 });
  const narrow = drawTenths(repetition.throughput, 3);
  expect(narrow.writes.length).toBeLessThanOrEqual(4);
  expect(narrow.secondsPerMark).toBe(0.2);
});

test('the page says what was lost, and how to look for it', () => {
  const text = measurementAsText(measured, { language: 'en', columns: 80 }, false);
  expect(text).toContain('acknowledged and LOST        2');
  expect(text).toContain('1/7 2/8');
  expect(text).toContain("from ledger_acknowledged where run = 'kill-node-1'");
  expect(text).toContain('0.2 s  pg-2 has the leader key');
  expect(measurementAsText(measured, { language: 'fr', columns: 80 }, false)).toContain('confirmées et PERDUES');
});

test('several repetitions have a minimum, a median and a maximum', () => {
  const text = measurementAsText(
    { ...measured, repetitions: [repetition, repetition] },
    { language: 'en', columns: 80 },
    false,
  );
  expect(text).toMatch(/minimum +median +maximum/);
});

test('the report is one page that needs no network, with an image that is well formed', () => {
  const html = measurementAsHtml(measured, 'fr');
  const svg = /<svg[\s\S]*<\/svg>/.exec(html)?.[0] ?? '';
  expect(() => readXml(svg)).not.toThrow();
  expect(html).not.toMatch(/src=|href=|url\(|@import|https?:/);
  expect(html).toContain('<html lang="fr">');
});
