import { expect, test } from 'vitest';
import { drawTenths } from '../../src/ui/draw-tenths.ts';
import { measurementAsHtml } from '../../src/ui/measurement-as-html.ts';
import { measurementAsText } from '../../src/ui/measurement-as-text.ts';
import { measured, repetition } from '../build/measured-lab.ts';
import { readXml } from './well-formed-xml.ts';

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
