import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { actionKinds } from '../../src/actions/registry.ts';
import { checkKinds } from '../../src/checks/registry.ts';
import { chapterText } from '../../src/cli/chapter-text.ts';
import { findEdition } from '../../src/workshop/find-edition.ts';
import { loadWorkshop } from '../../src/workshop/load-workshop.ts';
import { shellBlocks } from '../../src/ui/code-blocks.ts';

const workshop = await loadWorkshop(
  { actionKinds, checkKinds },
  new URL('../../labs/patroni-etcd', import.meta.url).pathname,
);
const edition = findEdition(workshop, workshop.defaultEdition);

// Both languages have the same commands: typed-blocks-agree.test.ts.
const blocks = workshop.chapters.flatMap((chapter) => {
  const { steps } = chapterText(workshop, edition, chapter, 'en');
  return chapter.steps.flatMap(({ id }) =>
    [steps[id]?.text ?? '', ...(steps[id]?.hints ?? [])].flatMap((text, hint) =>
      shellBlocks(text).map((script, index) => ({
        place: `${chapter.slug}/${id}${hint === 0 ? '' : `, hint ${String(hint)}`}, block ${String(index + 1)}`,
        script,
      })),
    ),
  );
});

/** What a terminal sends for a text that is pasted: of a line's end, what Enter sends. */
const pastes = {
  'line by line': (text: string) => `${text}\n`.replaceAll('\n', '\r'),
  'as one piece (bracketed)': (text: string) => `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~\r`,
};

// bash 5.2 reads a command substitution as soon as it has one line of it, and complains that its end is missing.
test.each(Object.entries(pastes))('pasted into bash %s, no block of the text is misread', async (_, paste) => {
  const told = await pastedIntoBash(blocks.map(({ script }) => paste(`if false; then\n${script}\nfi`)));
  const misread = told.flatMap((said, index) => {
    const complaint = said.split('\n').find((line) => line.startsWith('bash: '));
    return complaint === undefined ? [] : [`${blocks[index]?.place ?? ''}: ${complaint.trim()}`];
  });
  expect(told).toHaveLength(blocks.length);
  expect(misread).toEqual([]);
});

test('what bash misreads is seen', async () => {
  const [told] = await pastedIntoBash(['until [ "$(echo f |\r  cat)" = f ]; do :; done\r']);
  expect(told).toContain('bash: command substitution: ');
});

/** What bash showed of each, on a terminal of its own, until it asked for the next command. */
async function pastedIntoBash(pasted: readonly string[]): Promise<readonly string[]> {
  const command = 'stty rows 24 cols 80; exec bash --norc -i';
  const bash = execa('script', ['--quiet', '--flush', '--command', command, '/dev/null'], {
    env: { PROMPT_COMMAND: 'echo what-next', TERM: 'xterm', HISTFILE: '' },
    buffer: false,
    reject: false,
    timeout: 30_000,
    stdin: 'pipe',
    stdout: 'pipe',
  });
  const shown: string[] = [];
  let open = '';
  bash.stdout.setEncoding('utf8').on('data', (piece: string) => {
    open += piece;
    if (!/what-next\r\n[^\n]*[#$] $/.test(open)) return;
    bash.stdin.write(pasted[shown.length] ?? 'exit\r');
    shown.push(stripVTControlCharacters(open));
    open = '';
  });
  await bash;
  return shown.slice(1);
}
