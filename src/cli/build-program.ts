// The program as a whole: its options for every verb, its help, its first steps.

import { Command, Help } from 'commander';
import { exitStatus, LabError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { describeVerbs } from './describe-verbs.ts';
import { inLanguage } from './placeholders.ts';
import { usageError } from './usage-error.ts';
import { type Call, type Say } from './verb-call.ts';
import { verbExamples } from './verb-examples.ts';

export interface ProgramInput {
  readonly version: string;
  readonly language: Language;
  /** Where help is written. Mistakes are thrown, and written by whoever catches them. */
  readonly write: (text: string) => void;
  readonly call: Call;
}

/** Parsing throws a LabError (exit status 2) for a mistake, a CommanderError where help or version were asked for. */
export function buildProgram({ version, language, write, call }: ProgramInput): Command {
  const say = (text: Words): string => text[language];
  const program = new Command('lab')
    .description(
      say(
        words(
          'Builds a real PostgreSQL high-availability cluster (etcd, Patroni, HAProxy) in LXC containers and leads people through it, chapter by chapter.',
          'Construit un vrai cluster PostgreSQL à haute disponibilité (etcd, Patroni, HAProxy) dans des conteneurs LXC et vous y guide, chapitre par chapitre.',
        ),
      ),
    )
    .usage(say(words('[options] <verb>', '[options] <verbe>')))
    .version(version, '-V, --version', say(words('print the version', 'affiche la version')))
    .helpOption('-h, --help', say(words('what can be done, and how', "ce qu'on peut faire, et comment")))
    .helpCommand(false)
    .configureHelp(helpIn(language))
    // Before the verbs: each takes over what is set when it is added.
    .configureOutput({ writeOut: write, writeErr: () => undefined })
    .showSuggestionAfterError(true);
  for (const [flags, text] of globalOptions) program.option(flags, say(text));
  program.addHelpText('before', () => say(firstSteps));
  program.addHelpText('after', () => `\n${say(exitStatuses)}`);
  describeVerbs(program, say, call);
  addHelp(program, say);
  for (const verb of program.commands) {
    addExamples(verb, say);
    verb.exitOverride((error) => {
      throw error.exitCode === 0 ? error : usageError(error, verb.name());
    });
  }
  return program.exitOverride((error) => {
    // Who names no verb is told which there are.
    const nothingAsked = error.code === 'commander.help' && error.exitCode !== 0;
    if (nothingAsked) program.outputHelp();
    throw error.exitCode === 0 || nothingAsked ? error : usageError(error, undefined);
  });
}

/** Titles and what stands for values, in the reader's language. */
function helpIn(language: Language): Partial<Help> & { showGlobalOptions: boolean } {
  const help = new Help();
  return {
    showGlobalOptions: true,
    styleTitle: (title) => (titles[title] ?? words(title, title))[language],
    commandUsage: (command) => inLanguage(help.commandUsage(command), language),
    subcommandTerm: (command) => inLanguage(help.subcommandTerm(command), language),
    optionTerm: (option) => inLanguage(help.optionTerm(option), language),
    argumentTerm: (argument) => inLanguage(`<${help.argumentTerm(argument)}>`, language).slice(1, -1),
  };
}

/** `lab help VERB`. */
function addHelp(program: Command, say: Say): void {
  program
    .command('help')
    .argument('[verb]', say(words('up, verify …', 'up, verify …')))
    .description(say(words('the help of a verb', "l'aide d'un verbe")))
    .action((name: string | undefined) => {
      const verb = program.commands.find((one) => one.name() === name);
      if (name !== undefined && verb === undefined) throw verbUnknown(program, name);
      (verb ?? program).outputHelp();
    });
}

function verbUnknown(program: Command, name: string): LabError {
  const near = nearest(
    name,
    program.commands.map((verb) => verb.name()),
  );
  return new LabError('usage', words(`unknown verb: ${name}`, `verbe inconnu : ${name}`), {
    exit: exitStatus.usage,
    hint:
      near === undefined
        ? words('"lab --help" lists the verbs.', '« lab --help » liste les verbes.')
        : words(`Did you mean ${near}?`, `Vouliez-vous dire ${near} ?`),
  });
}

function addExamples(verb: Command, say: Say): void {
  const examples = verbExamples[verb.name()];
  if (examples === undefined) return;
  const width = Math.max(...examples.map(([command]) => command.length));
  const lines = examples.map(([command, what]) => `  ${command.padEnd(width)}  ${say(what)}`);
  verb.addHelpText('after', `\n${[say(words('Examples:', 'Exemples :')), ...lines].join('\n')}`);
}

const globalOptions: readonly (readonly [string, Words])[] = [
  ['--lab <name>', words('which lab (LAB_NAME; default main)', 'quel lab (LAB_NAME ; par défaut main)')],
  [
    '--home <dir>',
    words(
      'where labs and images live (LAB_HOME; default /var/lib/lab)',
      'où sont les labs et les images (LAB_HOME ; par défaut /var/lib/lab)',
    ),
  ],
  [
    '--workshop <dir>',
    words('another workshop than the one included (LAB_WORKSHOP)', 'un autre atelier que celui fourni (LAB_WORKSHOP)'),
  ],
  [
    '--edition <name>',
    words(
      'trixie or bookworm, fixed when a lab is created (LAB_EDITION; default trixie)',
      "trixie ou bookworm, fixée à la création d'un lab (LAB_EDITION ; par défaut trixie)",
    ),
  ],
  ['--lang <en|fr>', words('language (LAB_LANG, then the locale)', 'langue (LAB_LANG, puis la locale)')],
  [
    '--format <name>',
    words('pretty on a terminal, plain elsewhere, or json', 'pretty sur un terminal, plain ailleurs, ou json'),
  ],
  ['-y, --yes', words('no questions', 'sans poser de question')],
  ['--verbose', words('plain output also shows every command', "l'affichage plain montre aussi chaque commande")],
];

const titles: Readonly<Record<string, Words>> = {
  'Usage:': words('Usage:', 'Utilisation :'),
  'Options:': words('Options:', 'Options :'),
  'Global Options:': words('Global options:', 'Options communes :'),
  'Commands:': words('Verbs:', 'Verbes :'),
  'Arguments:': words('Arguments:', 'Arguments :'),
};

const firstSteps = words(
  `To learn, by hand:
  lab start chapter-1       a lab at the beginning of chapter 1, and what to do first
  lab guide                 the text of the chapter
  lab shell etcd1           a shell in a node
  lab verify                is it right, and why not?
  lab hint, lab solve       one more hint; or have the step done

To show:
  lab prepare --chapters    the evening before: then every chapter is there in seconds
  lab up chapter-2          everything to the end of chapter 2, and proved
  lab status                what runs, who leads
  lab fault, lab heal       break something, take it back
  lab reset, lab down       back to the beginning of the chapter; stop, and keep everything
`,
  `Pour apprendre, à la main :
  lab start chapter-1       un lab au début du chapitre 1, et par quoi commencer
  lab guide                 le texte du chapitre
  lab shell etcd1           un shell dans un nœud
  lab verify                est-ce juste, et sinon pourquoi ?
  lab hint, lab solve       un indice de plus ; ou faire faire l'étape

Pour montrer :
  lab prepare --chapters    la veille : ensuite, chaque chapitre est là en quelques secondes
  lab up chapter-2          tout jusqu'à la fin du chapitre 2, et prouvé
  lab status                ce qui tourne, qui est le leader
  lab fault, lab heal       provoquer une panne, l'annuler
  lab reset, lab down       revenir au début du chapitre ; arrêter, et tout conserver
`,
);

/** CLI.md, "Exit status". */
const exitStatuses = words(
  `Exit status: 0 done, 1 a step or a check failed, 2 wrong arguments, 3 invalid workshop files,
4 this host can't, 5 another command is at work, 70 a fault in lab, 130 interrupted.`,
  `Code de retour : 0 fait, 1 une étape ou une vérification a échoué, 2 arguments incorrects, 3 fichiers d'atelier
invalides, 4 cette machine ne peut pas, 5 une autre commande est à l'œuvre, 70 une erreur de lab, 130 interrompu.`,
);
