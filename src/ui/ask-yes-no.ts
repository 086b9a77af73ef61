import { exitStatus, LabError } from '../model/errors.ts';
import { words, type Language, type Words } from '../model/words.ts';
import { say } from './say.ts';
import { shown } from './shown.ts';

/** Where a question is asked and answered. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Asks before something is lost; a bare Enter and Ctrl-D are no. Ask before a run face is created: both need the
 * whole terminal. Throws `needs-yes` where nobody can answer and `interrupted` at Ctrl-C.
 */
export async function askYesNo(
  question: Words,
  language: Language,
  // On standard error: standard output may be a file.
  // eslint-disable-next-line no-restricted-properties -- the prompt moves the cursor; the question is shown
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (terminal.input.isTTY !== true) throw needsYes(question);
  const { confirm } = await import('@inquirer/prompts');
  const keywords = {
    yes: say(words('Yes', 'Oui'), language),
    no: say(words('No', 'Non'), language),
    error: () => say(words('Please answer yes or no.', 'Veuillez répondre par oui ou par non.'), language),
  };
  const left = new AbortController();
  const hear = (_: unknown, key: { readonly name?: string; readonly ctrl?: boolean } = {}): void => {
    if (key.ctrl === true && key.name === 'd') left.abort();
  };
  terminal.input.on('keypress', hear);
  try {
    return await confirm(
      { message: say(shown(question), language), default: false, theme: { keywords } },
      { ...terminal, signal: left.signal },
    );
  } catch (error) {
    // Ctrl-D: who has nothing to say has not said yes.
    if (left.signal.aborted) return false;
    // By name, as inquirer advises: several copies of its classes may be loaded. It is Ctrl-C or a terminal that closed.
    if (error instanceof Error && error.name === 'ExitPromptError') throw interrupted(error);
    throw error;
  } finally {
    terminal.input.off('keypress', hear);
  }
}

function needsYes(question: Words): LabError {
  return new LabError(
    'needs-yes',
    words(`Nobody can be asked here: ${question.en}`, `Il n'y a personne à qui demander ici\u00a0: ${question.fr}`),
    {
      exit: exitStatus.usage,
      hint: words('Add --yes to answer yes in advance.', "Ajoutez --yes pour répondre oui à l'avance."),
    },
  );
}

function interrupted(cause: Error): LabError {
  return new LabError(
    'interrupted',
    words('Interrupted; nothing was changed.', "Interrompu\u00a0; rien n'a été modifié."),
    {
      exit: exitStatus.interrupted,
      cause,
    },
  );
}
