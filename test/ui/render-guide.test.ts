import { expect, test } from 'vitest';
import { stepId } from '../../src/model/ids.ts';
import { type ChapterWords } from '../../src/model/workshop.ts';
import { createPalette } from '../../src/ui/colours.ts';
import { guideBlocks, guideText, lineOfStep, renderGuide, type GuidePage } from '../../src/ui/render-guide.ts';
import { renderMarkdown } from '../../src/ui/render-markdown.ts';
import { paper } from './paper.ts';

const chapter: ChapterWords = {
  title: 'etcd',
  intro: 'Three members **agree**.\n',
  learnt: [],
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
    `\n1. Install\n\nOn each node:\n\n── 1 ${rule(5)}\napt install etcd-server\n${rule()}\n\n2.`,
  );
  expect(shown({ format: 'pretty', columns: 80, step: stepId('start') })).toBe('2. Start them\n\nAll at once.\n');
});

const many: ChapterWords = {
  ...chapter,
  steps: {
    install: { title: 'Install', text: 'a\n\n```sh\none\n```\n\n```text\nout\n```\n\n```sh\ntwo\n```\n', hints: [] },
    start: { title: 'Start', text: '```sh\ncat > f <<EOF\n  x\nEOF\n```\n', hints: [] },
  },
};

test('blocks of commands have their number in the chapter, in a step alone too', () => {
  const { text, ...page } = paper({ format: 'pretty', columns: 80 });
  renderGuide(many, { ...page, order, step: stepId('start') });
  expect(text()).toBe(
    `2. Start\n\n── 3 ${rule(5)}\ncat > f <<EOF\n  x\nEOF\n${rule()}\n\nA block alone, ready to be passed on: lab guide --copy 3\n`,
  );
  expect(guideBlocks(many, order)[2]).toEqual({ step: 'start', script: 'cat > f <<EOF\n  x\nEOF' });
});

test('the line of a step is the one that its title stands in', () => {
  for (const columns of [20, 80]) {
    const page = { ...paper({ format: 'pretty', columns }), order };
    const lines = guideText(many, page).split('\n');
    for (const [step, title] of [
      ['install', '1. Install'],
      ['start', '2. Start'],
    ] as const)
      expect(lines[lineOfStep(many, page, stepId(step)) - 1]).toBe(title);
  }
});

test('a step can be introduced by its chapter', () => {
  expect(shown({ format: 'pretty', columns: 80, step: stepId('start'), introduced: true })).toBe(
    'etcd\n\nThree members agree.\n\n2. Start them\n\nAll at once.\n',
  );
});

test('json holds the text, and no hint is given away', () => {
  const text = shown({ format: 'json' });
  expect(JSON.parse(text)).toMatchObject({
    title: 'etcd',
    steps: [{ id: 'install', title: 'Install' }, { id: 'start' }],
  });
  expect(text).not.toContain('secret');
});

function rule(less = 0): string {
  return '─'.repeat(40 - less);
}

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

test('code begins in the first column, and is never broken, changed or joined', () => {
  const command = 'etcdctl  --endpoints=http://10.0.3.64:2379 put **key** `value`  # long';
  expect(laidOut(`Type:\n\`\`\`\n${command}\n\n# not a heading\n\`\`\`\nand`)).toBe(
    `Type:\n${rule()}\n${command}\n\n# not a heading\n${rule()}\nand`,
  );
});

test('a fence inside a list leaves its indentation to the list', () => {
  expect(laidOut('1. do\n   ```sh\n   ls\n     deeper\n   ```\n2. then')).toBe(
    `1. do\n${rule()}\nls\n  deeper\n${rule()}\n2. then`,
  );
});

test('code that is never closed goes to the end', () => {
  expect(laidOut('```\na\nb')).toBe(`${rule()}\na\nb\n${rule()}`);
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
