import { expect, test } from 'vitest';
import { startDialogue } from '../../src/process/start-dialogue.ts';

function talk(argv: readonly string[]) {
  let heard = '';
  const ended = { times: 0 };
  const dialogue = startDialogue(argv, {
    onPiece: (piece) => (heard += piece.toString()),
    onEnd: () => {
      ended.times += 1;
    },
  });
  return { dialogue, heard: () => heard, ended };
}

test('a program answers, and ends with its input', async () => {
  const { dialogue, heard, ended } = talk(['sh', '-c', 'while read -r line; do echo "heard $line"; done']);
  dialogue.say('one');
  await expect.poll(heard).toBe('heard one\n');
  dialogue.say('two');
  await expect.poll(heard).toBe('heard one\nheard two\n');
  expect(ended.times).toBe(0);
  dialogue.end();
  await expect.poll(() => ended.times).toBe(1);
});

test('that a program ended by itself, or never began, is told', async () => {
  const brief = talk(['true']);
  brief.dialogue.say('nobody hears this');
  await expect.poll(() => brief.ended.times).toBe(1);
  const none = talk(['/nowhere/at/all']);
  none.dialogue.say('nor this');
  await expect.poll(() => none.ended.times).toBe(1);
});
