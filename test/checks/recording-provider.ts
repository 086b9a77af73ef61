// A provider that writes down what the programs of a lab answer to a look.

import { type CommandResult } from '../../src/model/command.ts';
import { type Provider } from '../../src/provider/provider.ts';
import { psqlQuestions, psqlRecordings } from './psql-questions.ts';

/** `where` null: asked from the trainer's seat. `input`: what else the program was given. */
export type Recorded = (where: string | null, result: CommandResult, input?: string) => void;

/** The questions of one psql are written down one by one: which of them go together is chance. */
export function recordingProvider(provider: Provider, recorded: Recorded): Provider {
  return {
    ...provider,
    exec: async (node, argv, options) => {
      const result = await provider.exec(node, argv, options);
      const questions = psqlQuestions(argv, options?.input);
      if (questions === null) recorded(node, result, options?.input);
      else for (const one of psqlRecordings(questions, result)) recorded(node, one);
      return result;
    },
    execOnNetwork: async (argv, options) => {
      const result = await provider.execOnNetwork(argv, options);
      recorded(null, result, options?.input);
      return result;
    },
  };
}
