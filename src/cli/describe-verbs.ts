// The verbs, their arguments and their help. Each verb's own file is loaded only when it is called.

import { type Command } from 'commander';
import { words } from '../model/words.ts';
import { addCommand } from './describe-command-verbs.ts';
import { addFaults } from './describe-fault-verbs.ts';
import { addHost } from './describe-host-verbs.ts';
import { addMeasure } from './describe-measure-verb.ts';
import { addInNodes } from './describe-node-verbs.ts';
import { addCheckpoints, addLearning, addProgress } from './describe-learning-verbs.ts';
import type { GuideOptions } from './guide.ts';
import { type Call, type Say } from './verb-call.ts';
import type { VerifyOptions } from './verify.ts';

export function describeVerbs(program: Command, say: Say, call: Call): void {
  for (const add of [
    addBuilding,
    addLearning,
    addProgress,
    addLooking,
    addGuide,
    addPages,
    addInNodes,
    addFaults,
    addMeasure,
    addCheckpoints,
    addHost,
    addCommand,
  ])
    add(program, say, call);
}

const chapterArgument = words('chapter-2, 2 or its name, patroni', 'chapter-2, 2 ou son nom, patroni');

function addBuilding(program: Command, say: Say, call: Call): void {
  program
    .command('up')
    .argument('[chapter]', say(chapterArgument))
    .description(
      say(
        words(
          'bring the lab to the end of a chapter; resumes where it stopped',
          "amener le lab à la fin d'un chapitre ; reprend où il s'était arrêté",
        ),
      ),
    )
    .option(
      '--dry-run',
      say(
        words('print the plan and its reasons, change nothing', 'afficher le plan et ses raisons, sans rien changer'),
      ),
    )
    .action((chapter: string | undefined, options: { dryRun?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./up.ts')).up, chapter, options),
    );
  program
    .command('down')
    .description(say(words('stop the nodes and keep everything', 'arrêter les nœuds et tout conserver')))
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./down.ts')).down),
    );
  program
    .command('destroy')
    .description(
      say(words('remove the lab and its network; asks first', 'supprimer le lab et son réseau ; demande confirmation')),
    )
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./down.ts')).destroy),
    );
}

function addLooking(program: Command, say: Say, call: Call): void {
  program
    .command('verify')
    .argument('[chapter]', say(chapterArgument))
    .description(
      say(
        words(
          'the checks of the current or named chapter; changes nothing (formats junit and tap too)',
          'les vérifications du chapitre courant ou nommé ; ne change rien (formats junit et tap aussi)',
        ),
      ),
    )
    .option('--wait <time>', say(words('retry until then: 60s, 2m', 'réessayer pendant ce temps : 60s, 2m')))
    .option(
      '--explain',
      say(
        words(
          'what was expected and seen, and the command that shows it',
          'ce qui était attendu et observé, et la commande qui le montre',
        ),
      ),
    )
    .option(
      '--all',
      say(
        words(
          'also the steps that come after the open one, and every cause as often as it shows',
          "aussi les étapes qui suivent celle en cours, et chaque cause autant de fois qu'elle se montre",
        ),
      ),
    )
    .action((chapter: string | undefined, options: VerifyOptions, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./verify.ts')).verify, chapter, options),
    );
  program
    .command('status')
    .description(
      say(
        words(
          'nodes, etcd, Patroni, HAProxy, and where the chapter stands',
          'les nœuds, etcd, Patroni, HAProxy, et où en est le chapitre',
        ),
      ),
    )
    .option('--watch', say(words('keep it on screen', "le garder à l'écran")))
    .action((options: { watch?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./status.ts')).status, options),
    );
  program
    .command('list')
    .description(say(words('the labs of this home', 'les labs de ce dossier')))
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./list.ts')).list),
    );
}

function addGuide(program: Command, say: Say, call: Call): void {
  program
    .command('guide')
    .argument('[chapter]', say(chapterArgument))
    .description(
      say(words("the chapter's text, with the commands to type", 'le texte du chapitre, avec les commandes à taper')),
    )
    .option(
      '--step <step>',
      say(words('only this one, by its name or number', 'seulement celle-ci, par son nom ou son numéro')),
    )
    .option(
      '--copy <number>',
      say(
        words(
          'one block of commands, as it is: lab guide --copy 3 | lab exec etcd1 -- bash -s',
          'un bloc de commandes, tel quel : lab guide --copy 3 | lab exec etcd1 -- bash -s',
        ),
      ),
    )
    .option('--no-pager', say(words('all of it at once, on a terminal too', "tout d'un coup, sur un terminal aussi")))
    .action((chapter: string | undefined, options: GuideOptions, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./guide.ts')).guide, chapter, options),
    );
}

function addPages(program: Command, say: Say, call: Call): void {
  program
    .command('open')
    .argument(
      '<page>',
      say(
        words(
          'haproxy (its statistics) or patroni (its REST API)',
          'haproxy (ses statistiques) ou patroni (son API REST)',
        ),
      ),
    )
    .argument('[node]', say(words('whose; the first one that runs', 'de qui ; le premier qui tourne')))
    .description(
      say(
        words(
          'show a page of the lab on a port of 127.0.0.1, until Ctrl-C',
          "montrer une page du lab sur un port de 127.0.0.1, jusqu'à Ctrl-C",
        ),
      ),
    )
    .option(
      '--port <number>',
      say(words("which port; the page's own, or a free one", 'quel port ; celui de la page, ou un port libre')),
    )
    .action((page: string, node: string | undefined, options: { port?: string }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./open.ts')).open, page, node, options),
    );
}
