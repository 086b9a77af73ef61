// Composition root: the only place with argv, environment, exit and signals.

import { setMaxListeners } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, CommanderError } from 'commander';
import { buildProgram } from './cli/build-program.ts';
import { chooseLanguage, type GlobalOptions, type Invocation, parseInvocation } from './cli/invocation.ts';
import { rootNeeded } from './cli/root-needed.ts';
import { RunStopped } from './cli/run-stopped.ts';
import { type Services, type Verb, type World } from './cli/services.ts';
import { exitStatus, type ExitStatus, LabError } from './model/errors.ts';
import { redactError } from './model/redact-event.ts';
import { createRedaction, workshopSecrets } from './model/redaction.ts';
import { type Language, words } from './model/words.ts';
import { type Workshop } from './model/workshop.ts';
import { closeInherited } from './process/close-inherited.ts';
import { killChildren } from './process/kill-children.ts';
import { decideColour } from './ui/colours.ts';
import { guardStream } from './ui/guard-stream.ts';
import { type Page } from './ui/page.ts';

/** Where the program lies: the folder above dist/, or above src/. */
const directory = dirname(dirname(fileURLToPath(import.meta.url)));
const interruption = new AbortController();
const stdout = guardStream(process.stdout);
const stderr = guardStream(process.stderr);
let attached = false;
/** What the command has read of its workshop: its passwords are in no error. */
let workshop: Promise<Workshop> | undefined;

/** A reader that has left (`| head`) ends what is written to it, and nothing else. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function listenToSignals(): void {
  // Every program that runs listens to it, and many run side by side.
  setMaxListeners(0, interruption.signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      // A program that has the terminal gets Ctrl-C itself.
      if (attached && signal === 'SIGINT') return;
      if (interruption.signal.aborted) endAtOnce();
      interruption.abort(interrupted());
    });
  }
}

/** The second time nobody wants to wait for what is running. The journal knows what was begun. */
function endAtOnce(): never {
  killChildren();
  process.exit(exitStatus.interrupted);
}

function interrupted(): LabError {
  return new LabError('interrupted', words('Interrupted.', 'Interrompu.'), { exit: exitStatus.interrupted });
}

async function whileAttached<T>(work: () => Promise<T>): Promise<T> {
  attached = true;
  try {
    return await work();
  } finally {
    attached = false;
  }
}

function world(): World {
  let composed: Promise<Services> | undefined;
  return {
    stdout,
    stderr,
    colour: decideColour(process.env, process.stdout.isTTY),
    program: { version: version(), directory, describedIn },
    signal: interruption.signal,
    now: () => new Date(),
    services: (invocation) => (composed ??= services(invocation)),
  };
}

async function services(invocation: Invocation): Promise<Services> {
  const { compose } = await import('./compose.ts');
  const terminal = process.env['TERM'] ?? 'dumb';
  const composed = compose(
    { node: process.execPath, terminal, pager: pager(), signals: process, whileAttached },
    invocation,
  );
  return { ...composed, loadWorkshop: () => (workshop = composed.loadWorkshop()) };
}

/** PAGER, as everywhere; less where nothing is said, and where there is less. */
function pager(): string {
  const named = process.env['PAGER'] ?? '';
  return named === '' ? 'command -v less > /dev/null && exec less || exec cat' : named;
}

async function main(): Promise<ExitStatus> {
  // Whatever root's own is: the nodes' users pass through the folders of LAB_HOME.
  process.umask(0o022);
  closeInherited();
  listenToSignals();
  outliveReaders();
  let status: ExitStatus = exitStatus.done;
  let options: GlobalOptions = earlyOptions();
  try {
    const call = async <A extends readonly unknown[]>(
      given: GlobalOptions,
      load: () => Promise<Verb<A>>,
      ...args: A
    ): Promise<void> => {
      options = given;
      // For what is read from here on. `--help` has nothing to map, and who presses Tab does not wait for it.
      if (process.argv[2] !== 'complete') process.setSourceMapsEnabled(true);
      const invocation = parseInvocation(given, process.env, process.cwd());
      status = await (await load())(world(), invocation, ...args);
    };
    const language = chooseLanguage(options.lang, process.env);
    const write = (text: string): void => void stdout.write(text);
    const program = buildProgram({ version: version(), language, write, call, requireRoot });
    await program.parseAsync();
    return status;
  } catch (error) {
    return await explain(error, options);
  }
}

function describedIn(language: Language, write: (text: string) => void): Command {
  const nothing = { call: () => Promise.resolve(), requireRoot: () => undefined };
  return buildProgram({ version: version(), language, write, ...nothing });
}

function requireRoot(): void {
  if (process.geteuid?.() === 0) return;
  // scripts/lab and what `lab install` writes say how they were called.
  const program = process.env['LAB_STARTED_AS'] ?? 'lab';
  throw rootNeeded({ program, args: process.argv.slice(2), env: process.env });
}

/** What is needed before the arguments are parsed, and when they can't be. */
function earlyOptions(): GlobalOptions {
  // What follows `--` is for a program in a node.
  const end = process.argv.indexOf('--');
  const own = end < 0 ? process.argv : process.argv.slice(0, end);
  const option = (name: string): string | undefined => {
    const at = own.findIndex((argument) => argument === name || argument.startsWith(`${name}=`));
    const found = own[at];
    if (at < 0 || found === undefined) return undefined;
    return found === name ? own[at + 1] : found.slice(name.length + 1);
  };
  const lang = option('--lang');
  const format = option('--format');
  return { ...(lang !== undefined && { lang }), ...(format !== undefined && { format }) };
}

async function explain(error: unknown, options: GlobalOptions): Promise<ExitStatus> {
  // Help or version, which have been written.
  if (error instanceof CommanderError) return exitStatus.done;
  const { renderError } = await import('./ui/render-error.ts');
  const stopped = error instanceof RunStopped ? error : null;
  const cause = stopped ? stopped.cause : error;
  const known = interruption.signal.aborted ? interrupted() : cause;
  renderError(redactError(known, createRedaction(await secrets())), {
    ...errorPage(options),
    command: process.argv.slice(2).join(' '),
    version: version(),
    failure: stopped?.failure,
  });
  return known instanceof LabError ? known.exit : exitStatus.internal;
}

/** None of a workshop that could not be read. */
async function secrets(): Promise<readonly string[]> {
  try {
    return workshop === undefined ? [] : workshopSecrets(await workshop);
  } catch {
    return [];
  }
}

function errorPage(options: GlobalOptions): Page {
  const language = safeLanguage(options);
  const format = options.format === 'json' ? 'json' : process.stderr.isTTY ? 'pretty' : 'plain';
  const colour = decideColour(process.env, process.stderr.isTTY);
  return { format, language, colour, columns: process.stderr.columns, write: (text) => stderr.write(text) };
}

function safeLanguage(options: GlobalOptions): Language {
  try {
    return chooseLanguage(options.lang, process.env);
  } catch {
    return 'en';
  }
}

function version(): string {
  return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version: string }).version;
}

process.exitCode = await main();
