import { type CommandResult } from '../../../model/command.ts';
import { type SeatAnswer } from '../../../model/seat-question.ts';
import { type AskedOfCurl } from './read-question.ts';

/** Result and words of curl; null for an end of which curl has many kinds, so that it may say itself which. */
export function asCurlAnswers(
  { question, discards }: AskedOfCurl,
  answer: SeatAnswer,
  { argv, seconds }: Pick<CommandResult, 'argv' | 'seconds'>,
): CommandResult | null {
  const result = { argv, stdout: '', stderr: '', timedOut: false, cancelled: false, seconds };
  switch (answer.kind) {
    case 'answered':
      return { ...result, exitStatus: 0, stdout: discards ? '' : answer.body };
    case 'refused': {
      const { hostname, port } = new URL(question.url);
      const after = `after ${String(Math.round(seconds * 1000))} ms`;
      const why = `Failed to connect to ${hostname} port ${port} ${after}: Couldn't connect to server`;
      return { ...result, exitStatus: 7, stderr: `curl: (7) ${why}\n` };
    }
    case 'timed-out': {
      const after = `after ${String(question.seconds * 1000)} milliseconds`;
      const why = `Operation timed out ${after} with ${String(answer.bytes)} bytes received`;
      return { ...result, exitStatus: 28, stderr: `curl: (28) ${why}\n` };
    }
    case 'empty':
      return { ...result, exitStatus: 52, stderr: 'curl: (52) Empty reply from server\n' };
    case 'other':
      return null;
  }
}
