// The form of en.yml and fr.yml beside a chapter.yml.

import * as z from 'zod';

const someText = z.string().min(1);

const stepWordsSchema = z.strictObject({
  title: someText,
  text: someText.describe('Markdown: one idea, one screen, with the commands to type.'),
  hints: z.array(someText).min(1).describe('From a nudge to the answer.'),
});

const checkWordsSchema = z.strictObject({
  title: someText.describe('A fact as a sentence. {{ node.name }} may be used where the check is about one node.'),
  hint: someText,
});

export const wordsFileSchema = z.strictObject({
  title: someText,
  intro: someText.describe('Markdown.'),
  learnt: z.array(someText).optional().describe('What stays of it, a sentence or two each: Markdown.'),
  steps: z.record(z.string(), stepWordsSchema).describe('By the id of the step.'),
  checks: z.record(z.string(), checkWordsSchema).optional().describe('By the id of the check.'),
});
