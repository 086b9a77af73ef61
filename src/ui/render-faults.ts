import { type Words, words } from '../model/words.ts';
import { createPalette } from './colours.ts';
import { jsonLine } from './json-line.ts';
import { labelledLines } from './lay-out-text.ts';
import { type Page } from './page.ts';
import { pageWidth } from './page-width.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

interface NamedFault {
  readonly name: string;
  readonly describe: Words;
  readonly expect: Words;
}

/** `lab fault` without a name: what can be injected, what each does, and what to look for. */
export function renderFaults(faults: readonly NamedFault[], page: Page): void {
  if (page.format === 'json') {
    page.write(
      jsonLine({
        faults: faults.map(({ name, describe, expect }) => ({ name, does: describe.en, expect: expect.en })),
      }),
    );
    return;
  }
  const palette = createPalette(page.colour);
  const entries = shown(faults).map(({ name, describe, expect }) => ({
    label: name,
    text: `${say(describe, page.language)}\n${say(expect, page.language)}`,
  }));
  const lines = labelledLines(entries, pageWidth(page), (label) => palette.bold(label));
  page.write(`${[...lines, '', say(usage, page.language)].join('\n')}\n`);
}

const usage = words(
  'Inject one: lab fault NAME [NODE]; without a node it hits the Patroni leader. Remove all of them: lab heal',
  'Pour en injecter une : lab fault NOM [NŒUD] ; sans nœud, elle frappe le leader Patroni. Pour tout retirer : lab heal',
);
