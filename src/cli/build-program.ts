// The program as a whole: its options for every verb, its help, its first steps.

import { Command, Help } from 'commander';
import { exitStatus, LabError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import { type Language, type Words, words } from '../model/words.ts';
import { wrapLine } from '../ui/lay-out-text.ts';
import { describeVerbs } from './describe-verbs.ts';
import { inLanguage } from './placeholders.ts';
import { exitStatuses, firstSteps, globalOptions, whatLabIs } from './program-words.ts';
import { wantsRoot } from './root-needed.ts';
import { usageError } from './usage-error.ts';
import { type Call, type Say } from './verb-call.ts';
import { verbExamples } from './verb-examples.ts';

export interface ProgramInput {
  readonly version: string;
  readonly language: Language;
  /** Where help is written. Mistakes are thrown, and written by whoever catches them. */
  readonly write: (text: string) => void;
  readonly call: Call;
  /** Called before a verb that only root can do; throws when somebody else asks for it. */
  readonly requireRoot: () => void;
}

/** Parsing throws a LabError (exit status 2) for a mistake, a CommanderError where help or version were asked for. */
export function buildProgram({ version, language, write, call, requireRoot }: ProgramInput): Command {
  const say = (text: Words): string => text[language];
  const program = new Command('lab')
    .description(say(whatLabIs))
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
  program.addHelpText('after', () => `\n${exitStatusLines(say).join('\n')}`);
  describeVerbs(program, say, call);
  addHelp(program, say);
  program.hook('preAction', (_, verb) => {
    if (wantsRoot(verb.name(), verb.args.length)) requireRoot();
  });
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

function exitStatusLines(say: Say): readonly string[] {
  const all = exitStatuses.map(([status, meaning]) => `${String(status)} ${say(meaning)}`).join(', ');
  return wrapLine(`${say(words('Exit status:', 'Code de retour :'))} ${all}.`, 110);
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

const titles: Readonly<Record<string, Words>> = {
  'Usage:': words('Usage:', 'Utilisation :'),
  'Options:': words('Options:', 'Options :'),
  'Global Options:': words('Global options:', 'Options communes :'),
  'Commands:': words('Verbs:', 'Verbes :'),
  'Arguments:': words('Arguments:', 'Arguments :'),
};
