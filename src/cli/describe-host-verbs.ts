// prepare, doctor and prune: what concerns this host and its home.

import { type Command } from 'commander';
import { words } from '../model/words.ts';
import { type Call, type Say } from './verb-call.ts';

export function addHost(program: Command, say: Say, call: Call): void {
  program
    .command('prepare')
    .description(
      say(
        words(
          'build what later needs no network: images and package pool',
          'construire ce qui évitera le réseau ensuite : images et paquets',
        ),
      ),
    )
    .option(
      '--mirror <url>',
      say(
        words(
          "a Debian mirror other than the one in this host's apt configuration",
          'un autre miroir Debian que celui de la configuration apt de cette machine',
        ),
      ),
    )
    .option('--all-editions', say(words('every edition', 'toutes les éditions')))
    .option(
      '--chapters',
      say(
        words(
          'the end of every chapter too, so that a lab is anywhere in seconds',
          "la fin de chaque chapitre aussi, pour qu'un lab arrive à n'importe lequel en quelques secondes",
        ),
      ),
    )
    .action((options: { mirror?: string; allEditions?: boolean; chapters?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./prepare.ts')).prepare, options),
    );
  program
    .command('doctor')
    .description(
      say(
        words(
          'whether this host can run labs, point by point',
          'cette machine peut-elle faire tourner des labs, point par point',
        ),
      ),
    )
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./doctor.ts')).doctor),
    );
  program
    .command('prune')
    .description(
      say(
        words('remove what nothing needs any more; asks first', 'supprimer ce qui ne sert plus ; demande confirmation'),
      ),
    )
    .option('--dry-run', say(words('only show it', 'seulement le montrer')))
    .addHelpText('after', () => `\n${say(pruneRule)}`)
    .action((options: { dryRun?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./prune.ts')).prune, options),
    );
}

const pruneRule = words(
  `What goes, of this home:
  image layers and package pools that no edition of the workshop is made from now, and that no node of
    any lab, no checkpoint and no kept end of a chapter is made from
  kept ends of the workshop's chapters whose definitions or images have changed since
  what commands that were killed left unfinished, and downloads of a pool that is there
  transcripts of each lab but the newest 20
What stays: every lab, with its journal and its own checkpoints; authorities; ends of other workshops.
While a lab is being changed or an image built, nothing is removed (exit status 5).`,
  `Ce qui disparaît, dans ce dossier :
  les couches d'image et réserves de paquets dont aucune édition de l'atelier n'est plus faite, et sur
    lesquelles ne repose aucun nœud d'aucun lab, aucun point de reprise, aucune fin de chapitre conservée
  les fins de chapitre de l'atelier dont les définitions ou les images ont changé depuis
  ce que des commandes tuées ont laissé inachevé, et les téléchargements d'une réserve qui est là
  les transcriptions de chaque lab, sauf les 20 dernières
Ce qui reste : tous les labs, avec leur journal et leurs points de reprise ; les autorités ; les fins
de chapitre d'autres ateliers.
Pendant qu'un lab est modifié ou qu'une image se construit, rien n'est supprimé (code de sortie 5).`,
);
