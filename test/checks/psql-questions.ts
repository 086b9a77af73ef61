// A psql of lab answers several questions; fakes and recordings know them one by one.

import { type CommandResult } from '../../src/model/command.ts';
import { readPsqlScript } from '../../src/probes/psql-script.ts';
import { type Reach } from '../../src/probes/reach.ts';

export interface PsqlQuestions {
  readonly host: string;
  readonly statements: readonly string[];
}

type Answer = Pick<CommandResult, 'exitStatus' | 'stdout' | 'stderr'>;

/** What a psql is asked; null: it is another program. */
export function psqlQuestions(argv: readonly string[], input = ''): PsqlQuestions | null {
  const statements = Array.from(input.matchAll(/([^]*?);\n\\echo .*\n\\warn .*\n/g), ([, statement = '']) => statement);
  const [first = '', ...others] = statements;
  if (statements.length === 0) return null;
  const withoutPassword = first.slice(first.indexOf('\n') + 1);
  return { host: argv[argv.indexOf('-h') + 1] ?? '', statements: [withoutPassword, ...others] };
}

/** The program's result, from an answer to each question; the first one without a connection is the last. */
function psqlAnswers(input: string, answers: readonly Answer[]): Answer {
  const mark = /^\\warn (.*)$/m.exec(input)?.[1] ?? '';
  let [stdout, stderr] = ['', ''];
  for (const [index, answer] of answers.entries()) {
    stdout += answer.stdout.replace(/\n?$/, answer.stdout === '' ? '' : '\n');
    stderr += answer.stderr;
    if (answer.exitStatus !== 0 && answer.exitStatus !== 1) return { exitStatus: answer.exitStatus, stdout, stderr };
    stdout += `${mark} ${String(index)} ${String(answer.exitStatus === 1)}\n`;
    stderr += `${stderr === '' || stderr.endsWith('\n') ? '' : '\n'}${mark}\n`;
  }
  return { exitStatus: 0, stdout, stderr };
}

/** A question as if it were a program of its own: so recordings have it. */
function questionArgv(host: string, statement: string): readonly string[] {
  return ['psql', '-h', host, '-c', statement];
}

/** An `exec` from one that is asked question by question. */
export function questionByQuestion(exec: Reach['exec']): Reach['exec'] {
  return async (node, argv, options) => {
    const questions = psqlQuestions(argv, options?.input);
    if (questions === null) return exec(node, argv, options);
    const { host, statements } = questions;
    const answers = await Promise.all(statements.map((statement) => exec(node, questionArgv(host, statement))));
    const answer = psqlAnswers(options?.input ?? '', answers);
    return { timedOut: false, cancelled: false, seconds: 0, ...answer, argv };
  };
}

/** A program's result as the recordings of its questions. */
export function psqlRecordings(questions: PsqlQuestions, result: CommandResult): readonly CommandResult[] {
  return readPsqlScript(questions.statements, result).flatMap((answer, index) => {
    const argv = questionArgv(questions.host, questions.statements[index] ?? '');
    return answer === null ? [] : [{ ...answer, argv }];
  });
}
