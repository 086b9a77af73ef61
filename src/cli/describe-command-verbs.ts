// install, uninstall and complete: what concerns the command itself.

import { type Command, Option } from 'commander';
import { words } from '../model/words.ts';
import type { InstallOptions } from './install.ts';
import { type Call, type Say } from './verb-call.ts';

export function addCommand(program: Command, say: Say, call: Call): void {
  const prefix = say(words('where (default /usr/local)', 'où (par défaut /usr/local)'));
  program
    .command('install')
    .description(
      say(
        words(
          'make lab a command of this machine, with man page and completion; only from a checkout',
          'faire de lab une commande de cette machine, avec page de manuel et complétion ; seulement depuis une copie de travail',
        ),
      ),
    )
    .option('--prefix <dir>', prefix)
    .addOption(new Option('--packaged').hideHelp())
    .action((options: Partial<InstallOptions>, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./install.ts')).install, { ...usual, ...options }),
    );
  program
    .command('uninstall')
    .description(say(words('take the command back; labs stay', 'retirer la commande ; les labs restent')))
    .option('--prefix <dir>', prefix)
    .action((options: Partial<InstallOptions>, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./install.ts')).uninstall, { ...usual, ...options }),
    );
  program
    .command('complete')
    .argument('[words...]', say(words('after --: what is typed behind lab', 'après -- : ce qui est tapé après lab')))
    .description(
      say(
        words(
          "what may come next, one a line; for the shells' completion",
          'ce qui peut suivre, un par ligne ; pour la complétion des shells',
        ),
      ),
    )
    .action((typed: string[], _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./complete.ts')).complete, program, typed),
    );
}

const usual: InstallOptions = { prefix: '/usr/local' };
