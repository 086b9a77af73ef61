// The trainer's seat as a process: it stays in the lab's network while a command runs and puts HTTP questions there, each a
// line of standard input, its answer a line of standard output. It ends with its standard input.

import { createInterface } from 'node:readline';
import { type NumberedAnswer, type NumberedQuestion } from './model/seat-question.ts';
import { putQuestion } from './seat/put-question.ts';

// Whoever asked is gone: so is the need for answers.
process.stdout.on('error', () => process.stdin.destroy());
for await (const line of createInterface({ input: process.stdin })) void answer(line);

async function answer(line: string): Promise<void> {
  const { number, question } = JSON.parse(line) as NumberedQuestion;
  const answered: NumberedAnswer = { number, answer: await putQuestion(question) };
  process.stdout.write(`${JSON.stringify(answered)}\n`);
}
