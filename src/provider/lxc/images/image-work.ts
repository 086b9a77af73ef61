// One line of work of `lab prepare`: what it starts is announced, what fails is explained.

import { type CommandResult, succeeded } from '../../../model/command.ts';
import { exitStatus, LabError } from '../../../model/errors.ts';
import { type Announce, type ItemOutcome } from '../../../model/events.ts';
import { verbatim, words, type Words } from '../../../model/words.ts';
import { type ProgramOptions, type StartProgram } from '../../../process/run-program.ts';
import { buildFailure } from './build-failure.ts';

export interface ImageWork {
  readonly signal: AbortSignal;
  /** Throws a LabError (exit status 4) when the program fails, and `interrupted` (130) when the person gave up. */
  run(argv: readonly string[], options?: ProgramOptions): Promise<CommandResult>;
  /** The same for a program whose failure is an answer. */
  attempt(argv: readonly string[], options?: ProgramOptions): Promise<CommandResult>;
  /** What a failed program means for this work. */
  failure(result: CommandResult): LabError;
  progress(text: Words): void;
}

export interface ImageWorkDependencies {
  readonly runProgram: StartProgram;
  readonly announce: Announce;
  readonly signal: AbortSignal;
}

export interface ImageItem {
  /** An image's name, or `pool`. */
  readonly image: string;
  readonly title: Words;
}

/** A started item is always finished, whatever happens. */
export async function asItem(
  deps: ImageWorkDependencies,
  { image, title }: ImageItem,
  work: (work: ImageWork) => Promise<void>,
): Promise<void> {
  const began = performance.now();
  const item = `image ${image}`;
  const finish = (outcome: ItemOutcome, error?: Words): void =>
    deps.announce({
      kind: 'item-finished',
      item,
      outcome,
      seconds: (performance.now() - began) / 1000,
      ...(error && { error }),
    });
  deps.announce({ kind: 'item-started', item, title, part: { kind: 'image', image } });
  try {
    await work(imageWork(deps, item, title));
    finish('done');
  } catch (cause) {
    const error = explained(title, cause);
    if (deps.signal.aborted) finish('interrupted');
    else finish('failed', error instanceof LabError ? error.what : verbatim(String(error)));
    throw error;
  }
}

/** A full disk also meets us ourselves; everything else that isn't a LabError is a fault in lab. */
function explained(title: Words, cause: unknown): unknown {
  const full = cause instanceof Error && /^(ENOSPC|EDQUOT)\b/.test(cause.message);
  return full ? buildFailure(title, { argv: [], stdout: '', stderr: cause.message }) : cause;
}

function imageWork(deps: ImageWorkDependencies, item: string, title: Words): ImageWork {
  let said = '';
  const attempt: ImageWork['attempt'] = async (argv, options = {}) => {
    // apt and dpkg are read for what they say, in English; what is cut off is thrown away, so there is no grace.
    const env = { LC_ALL: 'C.UTF-8', ...options.env };
    const result = await deps.runProgram(argv, { signal: deps.signal, graceSeconds: 0, ...options, env });
    const { exitStatus, seconds } = result;
    const output = withoutProgress(result.stdout) + result.stderr;
    deps.announce({ kind: 'command-ran', item, node: null, argv, exitStatus, seconds, output });
    if (deps.signal.aborted) throw interrupted();
    return result;
  };
  return {
    signal: deps.signal,
    attempt,
    run: async (argv, options) => {
      const result = await attempt(argv, options);
      if (succeeded(result)) return result;
      throw buildFailure(title, result);
    },
    failure: (result) => buildFailure(title, result),
    progress: (text) => {
      if (text.en === said) return;
      said = text.en;
      deps.announce({ kind: 'item-progress', item, text });
    },
  };
}

function withoutProgress(output: string): string {
  return output.replaceAll(/^(dlstatus|pmstatus):.*\n/gm, '');
}

function interrupted(): LabError {
  return new LabError('interrupted', words('The images are not finished.', 'Les images ne sont pas terminées.'), {
    exit: exitStatus.interrupted,
    hint: words(
      'Nothing half-made is kept. The next "lab prepare" or "lab up" goes on with what is finished.',
      "Rien d'inachevé n'est conservé. Le prochain « lab prepare » ou « lab up » repart de ce qui est terminé.",
    ),
  });
}
