// start, reset, solve, hint and the checkpoints: the verbs for a person who does a chapter by hand.

import { type Command } from 'commander';
import { words } from '../model/words.ts';
import { type Call, type Say } from './verb-call.ts';

const chapterArgument = words('chapter-2, 2 or its name, patroni', 'chapter-2, 2 ou son nom, patroni');
const stepArgument = words(
  'a step of the current chapter, by its name or number; without it, the next open one',
  'une étape du chapitre courant, par son nom ou son numéro ; sans elle, la prochaine à faire',
);

export function addLearning(program: Command, say: Say, call: Call): void {
  program
    .command('start')
    .argument('[chapter]', say(chapterArgument))
    .description(
      say(
        words(
          'bring the lab to the beginning of a chapter, for a person to do it, and show what to do first',
          "amener le lab au début d'un chapitre, à faire soi-même, et montrer par quoi commencer",
        ),
      ),
    )
    .action((chapter: string | undefined, _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./start.ts')).start, chapter),
    );
  program
    .command('reset')
    .argument('[chapter]', say(chapterArgument))
    .description(
      say(
        words(
          'back to the beginning of the current or named chapter; says what is lost and asks',
          'retour au début du chapitre courant ou nommé ; dit ce qui sera perdu et demande confirmation',
        ),
      ),
    )
    .option('--all', say(words('a lab with nothing done', "un lab où rien n'est fait")))
    .action((chapter: string | undefined, options: { all?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./start.ts')).reset, chapter, options),
    );
  program
    .command('solve')
    .argument('[step]', say(stepArgument))
    .description(
      say(
        words(
          'do the next open step, or the named one, as the workshop would',
          "faire la prochaine étape, ou celle qui est nommée, comme le ferait l'atelier",
        ),
      ),
    )
    .action((step: string | undefined, _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./solve.ts')).solve, step),
    );
  program
    .command('hint')
    .argument('[step]', say(stepArgument))
    .description(
      say(
        words(
          'one more hint for the next open step, from a nudge to the answer',
          'un indice de plus pour la prochaine étape, du coup de pouce à la réponse',
        ),
      ),
    )
    .action((step: string | undefined, _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./solve.ts')).hint, step),
    );
}

export function addProgress(program: Command, say: Say, call: Call): void {
  program
    .command('watch')
    .description(
      say(
        words(
          'the open step with its checks, looked at again until they pass; then the next step',
          "l'étape en cours et ses vérifications, jusqu'à ce qu'elles passent ; puis l'étape suivante",
        ),
      ),
    )
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./watch.ts')).watch),
    );
  program
    .command('next')
    .description(
      say(
        words(
          'the chapter is done: what stays of it, and the beginning of the next one',
          'le chapitre est fait : ce qui en reste, et le début du suivant',
        ),
      ),
    )
    .action((_: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./next.ts')).next),
    );
}

export function addCheckpoints(program: Command, say: Say, call: Call): void {
  const name = say(words('a name of your own for it: before-lunch', 'un nom à vous : avant-midi'));
  program
    .command('save')
    .argument('<name>', name)
    .description(
      say(
        words(
          'keep the state of all nodes at this instant as a checkpoint of your own',
          "garder l'état de tous les nœuds à cet instant comme point de reprise",
        ),
      ),
    )
    .option('--replace', say(words('replace the one of that name', 'remplacer celui qui porte ce nom')))
    .action((saved: string, options: { replace?: boolean }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./checkpoints.ts')).save, saved, options),
    );
  program
    .command('restore')
    .argument('<name>', name)
    .description(
      say(
        words(
          'bring the lab back to a checkpoint of your own; asks first',
          'ramener le lab à un de vos points de reprise ; demande confirmation',
        ),
      ),
    )
    .action((saved: string, _: unknown, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./checkpoints.ts')).restore, saved),
    );
  program
    .command('checkpoints')
    .description(
      say(
        words(
          'the checkpoints of this lab and the kept ends of chapters, with their sizes',
          'les points de reprise de ce lab et les fins de chapitre conservées, avec leurs tailles',
        ),
      ),
    )
    .option('--remove <name>', say(words('remove one of your own', 'supprimer un des vôtres')))
    .action((options: { remove?: string }, command: Command) =>
      call(command.optsWithGlobals(), async () => (await import('./checkpoints.ts')).checkpoints, options),
    );
}
