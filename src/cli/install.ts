// install and uninstall: `lab` on the PATH, with its man pages and completion.

import { access, chmod, mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { closing } from './closing.ts';
import { type CommandFile, filesOfCheckout, ownNote, sharedFiles } from './command-files.ts';
import { type Program, type Verb, type World } from './services.ts';

export interface InstallOptions {
  readonly prefix: string;
  /** For scripts/package: man pages and completion alone, which apt will own. */
  readonly packaged?: boolean;
}

export const install: Verb<[options: InstallOptions]> = async (world, invocation, { prefix, packaged = false }) => {
  const below = resolve(prefix);
  const files = packaged
    ? sharedFiles(world.program, 'Of the Debian package lab.')
    : filesOfCheckout(await requireCheckout(world), below);
  for (const { path } of files) await requireOurs(join(below, path));
  for (const file of files) await put(below, file);
  if (packaged) return exitStatus.done;
  const completion = join(below, 'share/bash-completion/completions/lab');
  closing(
    world,
    invocation,
    words(
      `lab is a command now: ${join(below, 'bin/lab')}, with man page and completion (bash, zsh, fish).`,
      `lab est maintenant une commande : ${join(below, 'bin/lab')}, avec page de manuel et complétion (bash, zsh, fish).`,
    ),
    undefined,
    words(
      `New shells complete it; bash without the package bash-completion needs: source ${completion}`,
      `Les nouveaux shells la complètent ; à bash sans le paquet bash-completion, il faut : source ${completion}`,
    ),
  );
  return exitStatus.done;
};

export const uninstall: Verb<[options: InstallOptions]> = async (world, invocation, { prefix }) => {
  const below = resolve(prefix);
  let removed = 0;
  for (const { path } of filesOfCheckout(await requireCheckout(world), below)) {
    if (!(await isOurs(join(below, path)))) continue;
    await orExplain(below, () => rm(join(below, path)));
    await removeEmptied(below, dirname(path));
    removed += 1;
  }
  closing(
    world,
    invocation,
    removed === 0
      ? words(`lab is not installed in ${below}.`, `lab n'est pas installé dans ${below}.`)
      : words(
          `lab is no longer a command of this machine. Its labs stay: ${invocation.home}`,
          `lab n'est plus une commande de cette machine. Ses labs restent : ${invocation.home}`,
        ),
  );
  return exitStatus.done;
};

async function requireCheckout({ program }: World): Promise<Program> {
  const isCheckout = await access(join(program.directory, 'scripts/lab')).then(
    () => true,
    () => false,
  );
  if (isCheckout) return program;
  throw new LabError(
    'not-a-checkout',
    words('This lab is installed as a Debian package.', 'Ce lab est installé comme paquet Debian.'),
    {
      exit: exitStatus.usage,
      hint: words('apt installs and removes it.', "C'est apt qui l'installe et le supprime."),
    },
  );
}

/** Somebody else's `lab` is not replaced. */
async function requireOurs(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (!isThere || (await isOurs(file))) return;
  throw new LabError(
    'file-not-ours',
    words(`${file} is there already, and lab did not write it.`, `${file} existe déjà, et lab ne l'a pas écrit.`),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Nothing was changed. Remove it, or install elsewhere: --prefix DIR',
        "Rien n'a été modifié. Supprimez-le, ou installez ailleurs : --prefix DOSSIER",
      ),
    },
  );
}

async function isOurs(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.includes(ownNote);
}

/** Whole or not at all. */
async function put(below: string, { path, text, mode }: CommandFile): Promise<void> {
  const file = join(below, path);
  await orExplain(below, async () => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.next`, text);
    await chmod(`${file}.next`, mode);
    await rename(`${file}.next`, file);
  });
}

/** What a machine has without lab too. */
const usual: ReadonlySet<string> = new Set(['.', 'bin', 'share', 'share/man']);

async function removeEmptied(below: string, path: string): Promise<void> {
  if (usual.has(path)) return;
  const isEmptied = await rmdir(join(below, path)).then(
    () => true,
    () => false,
  );
  if (isEmptied) await removeEmptied(below, dirname(path));
}

async function orExplain(below: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EISDIR'].includes(code)) throw error;
    throw new LabError(
      'not-writable',
      words(`${below} can't be written: ${message}`, `Impossible d'écrire dans ${below} : ${message}`),
      {
        exit: exitStatus.hostCannot,
        hint: words(
          'As root (sudo), or in a place of your own: --prefix ~/.local',
          'En tant que root (sudo), ou dans un endroit à vous : --prefix ~/.local',
        ),
      },
    );
  }
}
