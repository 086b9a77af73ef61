import { type Words, words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { labelledLines } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

interface NamedScenario {
  readonly name: string;
  readonly describe: Words;
}

/** `lab measure` without a scenario. */
export function renderScenarios(scenarios: readonly NamedScenario[], page: Page): void {
  if (page.format === 'json') {
    page.write(jsonLine({ scenarios: scenarios.map(({ name, describe }) => ({ name, does: describe.en })) }));
    return;
  }
  const palette = createPalette(page.colour);
  const entries = shown(scenarios).map(({ name, describe }) => ({ label: name, text: say(describe, page.language) }));
  const lines = labelledLines(entries, pageWidth(page), (label) => palette.bold(label));
  page.write(`${[...lines, '', say(usage, page.language)].join('\n')}\n`);
}

const usage = words(
  'Measure one: lab measure kill-node. More about it: lab measure --help',
  'Pour en mesurer un : lab measure kill-node. En savoir plus : lab measure --help',
);
