// A block of the text is pasted into a shell on a terminal of 80 columns and 24 rows, as a person does.

import { type Terminal } from './terminal.ts';

/** What a terminal sends: of a line's end what Enter sends; `bracketed` where the shell asked to be told of pastes. */
const pastes = {
  lines: (text: string) => `${text}\n`.replaceAll('\n', '\r'),
  bracketed: (text: string) => `\u001b[200~${text.replaceAll('\n', '\r')}\u001b[201~\r`,
};
export type PasteStyle = keyof typeof pastes;

/** So that what is typed is not taken for what it prints. */
const endMark = { typed: "echo the-end-''of-it", shown: 'the-end-of-it' };

/**
 * Throws with what was shown when a command of it fails, when bash misreads it, or when it does not come to its end: also
 * when a program of it reads what was pasted behind it.
 */
export async function pasteIntoShell(
  shell: Terminal,
  script: string,
  { style, withinSeconds }: { readonly style: PasteStyle; readonly withinSeconds: number },
): Promise<void> {
  await shell.shows(/[#$] $/);
  // A person would see that a command failed; this is how the test does.
  shell.type('set -e\r');
  await shell.shows(/set -e\s+[^]*[#$] $/);
  shell.type(`${pastes[style](script)}${endMark.typed}\r`);
  const shown = await shell.shows(new RegExp(`^${endMark.shown}\\s`, 'm'), withinSeconds);
  shell.type('exit 0\r');
  const misread = shown.split('\n').find((line) => /^(?:-?bash): /.test(line));
  if (misread !== undefined) throw new Error(`${misread.trim()}\n${shown}`);
  await shell.ended;
}
