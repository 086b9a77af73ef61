// lab(1), in the words of the help: troff, as man(7) describes it.

import { type Command } from 'commander';
import { defaultHome } from '../model/home-paths.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { exitStatuses, firstSteps, whatLabIs } from './program-words.ts';
import { type Program } from './services.ts';

/** `note`: the comment that says whose file it is. */
export function manPage({ version, describedIn }: Program, language: Language, note: string): string {
  let written = '';
  const program = describedIn(language, (text) => void (written += text));
  const say = (text: Words): string => text[language];
  const section = (title: Words): string => `.SH ${say(title)}`;
  /** What a verb's help has behind its options: examples, explanations. */
  const afterHelp = (verb: Command): string => {
    written = '';
    verb.outputHelp();
    return written.slice(verb.helpInformation().length).trim();
  };
  return lines([
    String.raw`.\" ${note}`,
    `.TH LAB 1 "" "lab ${version}" "lab"`,
    section(words('NAME', 'NOM')),
    String.raw`lab \- ${escaped(say(inShort))}`,
    section(words('SYNOPSIS', 'SYNOPSIS')),
    `.B lab ${escaped(program.usage())}`,
    section(words('DESCRIPTION', 'DESCRIPTION')),
    escaped(say(whatLabIs)),
    '.PP',
    ...asItIs(say(firstSteps)),
    section(words('VERBS', 'VERBES')),
    ...program.commands.flatMap((verb) => verbLines(verb, afterHelp(verb))),
    section(words('OPTIONS OF EVERY VERB', 'OPTIONS COMMUNES')),
    ...optionLines(program),
    section(words('EXIT STATUS', 'CODE DE RETOUR')),
    ...exitStatuses.flatMap(([status, meaning]) => tagged(String(status), say(meaning))),
    section(words('ENVIRONMENT', 'ENVIRONNEMENT')),
    ...environment.flatMap(([name, meaning]) => tagged(name, say(meaning))),
    section(words('FILES', 'FICHIERS')),
    ...files.flatMap(([path, meaning]) => tagged(path, say(meaning))),
    section(words('SEE ALSO', 'VOIR AUSSI')),
    String.raw`.BR patronictl (1),`,
    String.raw`.BR etcdctl (1),`,
    String.raw`.BR haproxy (1),`,
    String.raw`.BR pgbackrest (1),`,
    String.raw`.BR lxc (7)`,
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

function verbLines(verb: Command, after: string): readonly string[] {
  const help = verb.createHelp();
  const usage = help.commandUsage(verb).replace(/^lab /, '').replace(` ${verb.name()}`, '');
  const args = help.visibleArguments(verb);
  return [
    `.SS lab ${escaped(usage)}`,
    escaped(verb.description()),
    ...args.flatMap((argument) => tagged(help.argumentTerm(argument), help.argumentDescription(argument))),
    ...optionLines(verb),
    ...(after === '' ? [] : ['.PP', ...asItIs(after)]),
  ];
}

function optionLines(command: Command): readonly string[] {
  const help = command.createHelp();
  const own = help.visibleOptions(command).filter(({ long }) => long !== '--help' || command.parent === null);
  return own.flatMap((option) => tagged(help.optionTerm(option), help.optionDescription(option)));
}

function tagged(term: string, text: string): readonly string[] {
  return ['.TP', `.B ${escaped(term)}`, escaped(text)];
}

function asItIs(text: string): readonly string[] {
  return ['.nf', escaped(text.trimEnd()), '.fi'];
}

/**
 * A line that begins with a dot or a quote is a request to troff, a bare hyphen can't be copied to a shell, and a terminal
 * without UTF-8 has accents for the letters, and nothing for the ellipsis.
 */
function escaped(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('…', '...')
    .replaceAll(/^(?=[.'])/gm, String.raw`\&`);
}

const inShort = words(
  'PostgreSQL high-availability clusters to learn with, in LXC containers',
  'des clusters PostgreSQL à haute disponibilité pour apprendre, dans des conteneurs LXC',
);

const environment: readonly (readonly [name: string, meaning: Words])[] = [
  ['LAB_NAME', words('which lab: as --lab', 'quel lab : comme --lab')],
  ['LAB_HOME', words('where labs and images live: as --home', 'où sont les labs et les images : comme --home')],
  ['LAB_WORKSHOP', words('which workshop: as --workshop', 'quel atelier : comme --workshop')],
  ['LAB_EDITION', words('which edition a new lab gets: as --edition', "l'édition d'un nouveau lab : comme --edition")],
  [
    'LAB_LANG',
    words(
      'en or fr: as --lang. Without it LC_ALL, LC_MESSAGES and LANG decide',
      'en ou fr : comme --lang. Sans elle, LC_ALL, LC_MESSAGES et LANG décident',
    ),
  ],
  ['PAGER', words('what lab guide is read with; less', 'avec quoi on lit lab guide ; less')],
  ['NO_COLOR', words('set, nothing is coloured', "définie, rien n'est coloré")],
  [
    'sudo',
    words(
      'drops all of these: give the options instead, as in sudo lab --lab alice up',
      'les retire toutes : donnez plutôt les options, comme dans sudo lab --lab alice up',
    ),
  ],
];

const files: readonly (readonly [path: string, meaning: Words])[] = [
  [defaultHome, words('LAB_HOME where nothing else is said', "LAB_HOME quand rien d'autre n'est dit")],
  ['LAB_HOME/labs/NAME/journal.jsonl', words('what was done in a lab', 'ce qui a été fait dans un lab')],
  [
    'LAB_HOME/labs/NAME/transcripts',
    words(
      'every command and its output, of the last runs',
      'toutes les commandes et leurs sorties, des dernières fois',
    ),
  ],
  ['LAB_HOME/labs/NAME/checkpoints', words('made by lab save', 'faits par lab save')],
  ['LAB_HOME/checkpoints', words('kept ends of chapters', 'fins de chapitre conservées')],
  ['LAB_HOME/images', words('image layers and package pools', 'couches des images et réserves de paquets')],
];
