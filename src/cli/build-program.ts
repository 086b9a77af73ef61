// The program as a whole: its options for every verb, its help, its first steps.

import { Command } from 'commander';
import { type Language, type Words, words } from '../model/words.ts';
import { describeVerbs } from './describe-verbs.ts';
import { type Call } from './verb-call.ts';

export interface ProgramInput {
  readonly version: string;
  readonly language: Language;
  readonly call: Call;
}

export function buildProgram({ version, language, call }: ProgramInput): Command {
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
    .version(version, '--version', say(words('print the version', 'affiche la version')))
    .helpOption('-h, --help', say(words('what can be done, and how', "ce qu'on peut faire, et comment")))
    .helpCommand('help [verb]', say(words('the help of a verb', "l'aide d'un verbe")))
    .configureHelp({ showGlobalOptions: true, styleTitle: (title) => say(titles[title] ?? words(title, title)) })
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const [flags, text] of globalOptions) program.option(flags, say(text));
  program.addHelpText('after', () => `\n${say(firstSteps)}`);
  describeVerbs(program, say, call);
  return program;
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
  `First steps:
  lab up chapter-2          build everything to the end of chapter 2 and prove it
  lab status                what runs, who leads
  lab shell pg-patroni1     look around in a node
  lab verify --explain      every check, with the command that shows the same
  lab down                  stop; "lab up" starts it again`,
  `Premiers pas :
  lab up chapter-2          construit tout jusqu'à la fin du chapitre 2, et le prouve
  lab status                ce qui tourne, qui est le leader
  lab shell pg-patroni1     pour explorer un nœud
  lab verify --explain      chaque vérification, avec la commande qui montre la même chose
  lab down                  arrête ; « lab up » remet en marche`,
);
