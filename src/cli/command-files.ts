// What makes `lab` a command of the machine: where each file lies below the prefix, and what is in it.

import { basename, join } from 'node:path';
import { type Words, words } from '../model/words.ts';
import { manPage } from './man-page.ts';
import { type Program } from './services.ts';
import { shellCompletions } from './shell-completions.ts';

export interface CommandFile {
  /** Below the prefix. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

/** Says of a file that it is ours to replace and to remove. */
export const ownNote = 'Written by "lab install"; "lab uninstall" removes it.';

/** Man pages and completion; `note`: the comment in each. */
export function sharedFiles(program: Program, note: string): readonly CommandFile[] {
  const texts = [
    { path: 'man/man1/lab.1', text: manPage(program, 'en', note) },
    { path: 'man/fr/man1/lab.1', text: manPage(program, 'fr', note) },
    ...shellCompletions(note),
  ];
  return texts.map(({ path, text }) => ({ path: join('share', path), text, mode: 0o644 }));
}

/** With the command itself, which runs the program of a checkout. */
export function filesOfCheckout(program: Program, prefix: string): readonly CommandFile[] {
  const shared = sharedFiles(program, ownNote).map((file) => ({ ...file, path: placeOf(file.path, prefix) }));
  const command = 'bin/lab';
  const all = [command, ...shared.map(({ path }) => path)].map((path) => join(prefix, path));
  return [{ path: command, text: starter(program.directory, all), mode: 0o755 }, ...shared];
}

/** Debian's fish looks in /etc for what a machine's administrator adds, and nowhere below /usr/local. */
function placeOf(path: string, prefix: string): string {
  return prefix === '/usr/local' && basename(path) === 'lab.fish' ? '../../etc/fish/completions/lab.fish' : path;
}

/** Not a copy: what is changed or pulled in the checkout counts at once. One that was moved is told, never guessed. */
function starter(checkout: string, all: readonly string[]): string {
  const gone = checkoutGone(checkout, all);
  return `#!/bin/sh
# ${ownNote}
checkout=${quoted(checkout)}
if [ ! -x "$checkout/scripts/lab" ]; then
  if [ "\${1:-}" = complete ]; then exit 0; fi
  case \${LAB_LANG:-\${LC_ALL:-\${LC_MESSAGES:-\${LANG:-}}}} in
    fr*) printf '%s\\n' ${quoted(gone.fr)} >&2 ;;
    *) printf '%s\\n' ${quoted(gone.en)} >&2 ;;
  esac
  exit 4
fi
LAB_STARTED_AS=lab
export LAB_STARTED_AS
exec "$checkout/scripts/lab" "$@"
`;
}

function checkoutGone(checkout: string, all: readonly string[]): Words {
  const remove = `sudo rm ${all.map(quoted).join(' ')}`;
  return words(
    `lab was installed from the checkout ${checkout}, which is no longer there.
Where it lies now, or in a new one: sudo scripts/lab install
To remove what is left of it: ${remove}`,
    `lab a été installé depuis la copie de travail ${checkout}, qui n'est plus là.
Là où elle se trouve maintenant, ou dans une nouvelle : sudo scripts/lab install
Pour supprimer ce qui en reste : ${remove}`,
  );
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
