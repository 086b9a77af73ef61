// Whatever a node says, and wherever it stands: no face writes what a terminal, or a reader of XML, would obey.

import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/model/words.ts';
import { createPalette, onlyOurColours } from '../../src/ui/colours.ts';
import { createRunFace } from '../../src/ui/create-run-face.ts';
import { drawLive } from '../../src/ui/draw-live.ts';
import { guardStream } from '../../src/ui/guard-stream.ts';
import { measurementAsHtml } from '../../src/ui/measurement-as-html.ts';
import { renderStatus } from '../../src/ui/render-status.ts';
import { reportVerdicts } from '../../src/ui/report-verdicts.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { eventsWith, type Face, faces, measuredWith, reportWith, statusWith } from './faces.ts';
import { hostileText } from './hostile-text.ts';
import { paper } from './paper.ts';
import { readXml } from './well-formed-xml.ts';

const control = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;
// eslint-disable-next-line no-control-regex
const ourColours = /\x1b\[(?:1|2|3|22|23|31|32|33|36|39)m/g;
/** What log-update and listr2 write to draw in place. */
// eslint-disable-next-line no-control-regex
const drawing = /\x1b\[(?:\d*A|2K|G|\d+G|\?25[lh])/g;
/** A line of ours that a node would like to say. */
const forged = /^(?:\[ {2}1\.0s\] chapter|✔ All 99)/m;

const runs = { numRuns: 60 };

const onlyText: Face = (text, page) => reportVerdicts(reportWith(text), { ...page, explain: true });

describe.each(Object.entries(faces))('%s', (file, face) => {
  test('shows what a terminal would obey, with colours and without', () => {
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...languages), (text, language) => {
        for (const format of ['plain', 'pretty'] as const) {
          const page = paper({ format, language, columns: 60 });
          face(text, page);
          expect(page.text()).not.toMatch(control);
          const coloured = paper({ format, language, columns: 60, colour: true });
          face(text, coloured);
          expect(coloured.text().replaceAll(ourColours, '')).not.toMatch(control);
        }
      }),
      runs,
    );
  });

  test('json is JSON, on one line, and as harmless', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = paper({ format: 'json' });
        face(text, page);
        expect(page.text()).not.toMatch(control);
        for (const line of page.text().split('\n')) if (line !== '') JSON.parse(line);
      }),
      runs,
    );
  });

  // Texts of a workshop, and of this host, may have several lines.
  if (!/guide|hint|findings|faults|scenarios|plan/.test(file)) {
    test('no text of a node begins a line of ours', () => {
      const page = paper();
      // What JUnit quotes in an element is in its own lines there.
      const plain = file === 'report-verdicts.ts' ? onlyText : face;
      for (const lie of ['\n[  1.0s] chapter-1/install  all well', '\r\n✔ All 99 checks passed']) plain(lie, page);
      expect(page.text()).not.toMatch(forged);
    });
  }
});

test('every file of src/ui that writes has its faces here, or guards what it is given', () => {
  const folder = new URL('../../src/ui/', import.meta.url);
  const writes = (file: string) => /\.write\(|createLogUpdate/.test(readFileSync(new URL(file, folder), 'utf8'));
  const guards = ['draw-live.ts', 'frame-renderer.ts', 'guard-stream.ts', 'open-sink.ts'];
  expect(readdirSync(folder).filter(writes).sort()).toEqual([...Object.keys(faces), ...guards].sort());
});

test('a program gets the very text back from JSON', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const page = paper({ format: 'json' });
      renderStatus(statusWith(text), page);
      expect(JSON.parse(page.text())).toMatchObject({ patroni: { members: [{ name: `pg-1${text}` }] } });
    }),
    runs,
  );
});

test('junit and the report of a measurement stay well-formed', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const junit = paper();
      reportVerdicts(reportWith(text), { ...junit, format: 'junit' });
      readXml(junit.text());
      const html = measurementAsHtml(measuredWith(text), 'fr');
      expect(html).not.toMatch(control);
      expect(html).not.toContain('<script');
      for (const svg of html.match(/<svg[\s\S]*?<\/svg>/g) ?? []) readXml(svg);
    }),
    runs,
  );
});

test('the live view of a run draws nothing of it, on a guarded terminal and on a bare one', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, fc.boolean(), async (text, guarded) => {
      const terminal = new FakeTerminal();
      terminal.rows = 200;
      const stdout = guarded ? guardStream(terminal) : terminal;
      const face = createRunFace({
        format: 'pretty',
        language: 'en',
        colour: true,
        stdout,
        stderr: new FakeTerminal(),
      });
      for (const event of eventsWith(text)) face.announce(event);
      await face.close();
      expect(terminal.raw.replaceAll(drawing, '').replaceAll(ourColours, '')).not.toMatch(control);
      // A long text may break the line between them.
      expect(terminal.screen().replace(/\s+/g, ' ')).toContain('it broke');
    }),
    { numRuns: 15 },
  );
});

test('status --watch draws nothing of it', async () => {
  const terminal = new FakeTerminal();
  const frames = Readable.from(['\u001b[32mgreen\u001b[39m \u001b[2J\u001b]0;x\u0007\u202e\rred']);
  await drawLive(guardStream(terminal), frames);
  expect(terminal.raw.replaceAll(drawing, '')).toContain(
    '\u001b[32mgreen\u001b[39m \\x1b[2J\\x1b]0;x\\x07\\u202e\\rred',
  );
});

describe('a guarded stream', () => {
  test('lets our own colours through and nothing else', () => {
    for (const paint of Object.values(createPalette(true))) expect(onlyOurColours(paint('a'))).toBe(paint('a'));
    fc.assert(
      fc.property(hostileText, (text) => {
        const written: string[] = [];
        guardStream({ write: (piece) => written.push(piece), on: () => undefined }).write(text);
        expect(written.join('').replaceAll(ourColours, '')).not.toMatch(control);
      }),
    );
  });

  test('is as wide as the terminal is now, and says whether it is one', () => {
    const terminal = new FakeTerminal();
    const guarded = guardStream(terminal);
    terminal.columns = 33;
    expect([guarded.columns, guarded.rows, guarded.isTTY]).toEqual([33, 24, true]);
  });
});
