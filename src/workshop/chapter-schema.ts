// The form of a chapter.yml. What stands in `with` has the form that the kind of the action or check gives it.

import * as z from 'zod';
import { patterns } from './formats.ts';

const id = z.string().regex(patterns.name, 'name');
const target = z.string().describe('A node, a group, `leader` or `replicas`.');
const args = z.record(z.string(), z.unknown());

const actionSchema = z.strictObject({
  do: z.string().describe('The kind of action.'),
  on: target.optional(),
  with: args.optional().describe('What this kind of action needs to know.'),
});

const checkSchema = z.strictObject({
  id: id.describe('Unique in the chapter; its words stand under this id in en.yml and fr.yml.'),
  on: target.optional().describe('Without it: every node that the chapters so far have brought in.'),
  expect: z.string().describe('The kind of check.'),
  with: args.optional().describe('What this kind of check needs to know.'),
  within: z
    .string()
    .regex(patterns.duration, 'duration')
    .optional()
    .describe('How long it may take to come true: 30s, 2m. Without it: as its kind says.'),
});

const stepSchema = z.strictObject({
  id: id.describe('Unique in the chapter; its words stand under this id in en.yml and fr.yml.'),
  independent: z
    .boolean()
    .optional()
    .describe('Needs only the steps before it in its chapter: done while earlier chapters are still at work.'),
  replaces: z
    .array(z.string().regex(patterns.stepOfChapter, 'stepOfChapter'))
    .optional()
    .describe(
      'Steps of earlier chapters whose work this one changes: `etcd.configure`. Then they are not looked at again.',
    ),
  actions: z.array(actionSchema).optional().describe('What lab does when it does the step, in this order.'),
  checks: z.array(checkSchema).optional().describe('What has to be seen for the step to be done.'),
});

export const chapterFileSchema = z.strictObject({
  nodes: z.array(z.string()).optional().describe('Nodes that this chapter brings in.'),
  steps: z.array(stepSchema).min(1),
});

export type ActionEntry = z.infer<typeof actionSchema>;
export type CheckEntry = z.infer<typeof checkSchema>;
