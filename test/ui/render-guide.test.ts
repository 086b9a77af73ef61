import { expect, test } from 'vitest';
import { stepId } from '../../src/model/ids.ts';
import { type ChapterWords } from '../../src/model/workshop.ts';
import { createPalette } from '../../src/ui/colours.ts';
import { renderGuide, type GuidePage } from '../../src/ui/render-guide.ts';
import { renderMarkdown } from '../../src/ui/render-markdown.ts';
import { paper } from './paper.ts';

const chapter: ChapterWords = {
  title: 'etcd',
  intro: 'Three members **agree**.\n',
  steps: {
    // Not in the order of the chapter.
    start: { title: 'Start them', text: 'All at once.\n', hints: [] },
    install: {
      title: 'Install',
      text: 'On **each** node:\n\n```sh\napt install etcd-server\n```\n',
      hints: ['secret'],
    },
  },
  checks: {},
};
const order = [stepId('install'), stepId('start')];

function shown(change: Partial<GuidePage> = {}): string {
  const { text, ...page } = paper();
  renderGuide(chapter, { ...page, order, ...change });
  return text();
}

test('plain is the Markdown itself, the steps numbered in their order', () => {
  expect(shown()).toBe(`\
# etcd

Three members **agree**.

## 1. Install

On **each** node:

\`\`\`sh
apt install etcd-server
\`\`\`

## 2. Start them

All at once.
`);
});

test('pretty is laid out; one step alone keeps its number', () => {
  expect(shown({ format: 'pretty', columns: 80 })).toContain(
    '\n1. Install\n\nOn each node:\n\n    apt install etcd-server\n\n2.',
  );
  expect(shown({ format: 'pretty', columns: 80, step: stepId('start') })).toBe('2. Start them\n\nAll at once.\n');
});

test('json holds the text, and no hint is given away', () => {
  const text = shown({ format: 'json' });
  expect(JSON.parse(text)).toMatchObject({
    title: 'etcd',
    steps: [{ id: 'install', title: 'Install' }, { id: 'start' }],
  });
  expect(text).not.toContain('secret');
});

function laidOut(markdown: string, width = 40, colour = false): string {
  return renderMarkdown(markdown, { palette: createPalette(colour), colour, width }).join('\n');
}

test('paragraphs are joined and broken anew, blocks stay apart by one line', () => {
  expect(laidOut('one two\nthree four five\n\n\n\nsix', 14)).toBe('one two three\nfour five\n\nsix');
  expect(laidOut('one\n# two\nthree\n- four\n> five')).toBe('one\ntwo\nthree\n• four\n│ five');
});

test('lists hang, nest, and go on over several lines', () => {
  expect(laidOut('- one two\n  three\n  - four\n10. five six seven', 12)).toBe(
    '• one two\n  three\n  • four\n10. five six\n    seven',
  );
});

test('code is indented and never broken, changed or joined', () => {
  const command = 'etcdctl  --endpoints=http://10.0.3.64:2379 put **key** `value`  # long';
  expect(laidOut(`Type:\n\`\`\`\n${command}\n\n# not a heading\n\`\`\`\nand`, 20)).toBe(
    `Type:\n    ${command}\n\n    # not a heading\nand`,
  );
});

test('a fence inside a list keeps the indentation of the list', () => {
  expect(laidOut('1. do\n   ```sh\n   ls\n     deeper\n   ```\n2. then')).toBe(
    '1. do\n       ls\n         deeper\n2. then',
  );
});

test('code that is never closed goes to the end', () => {
  expect(laidOut('```\na\nb')).toBe('    a\n    b');
});

test('quotes have a bar at every line', () => {
  expect(laidOut('> one two three\n> four', 12)).toBe('│ one two\n│ three four');
});

test('bold, code and links; without colours code keeps its backticks', () => {
  const markdown = "a **b** `**c**` [d](http://e) *f* '*' or '*'";
  expect(laidOut(markdown, 60)).toBe("a b `**c**` d (http://e) f '*' or '*'");
  expect(laidOut(markdown, 60, true)).toBe(
    "a \u001b[1mb\u001b[22m \u001b[36m**c**\u001b[39m d (http://e) \u001b[3mf\u001b[23m '*' or '*'",
  );
});
