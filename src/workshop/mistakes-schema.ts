// The form of mistakes.yml beside a chapter.yml: what people do wrong there, and what `lab verify` has to say of it.

import * as z from 'zod';
import { patterns } from './formats.ts';

const id = z.string().regex(patterns.name, 'name');
const someText = z.string().min(1);
const side = z.enum(['server', 'client']);
const days = z.number().describe('Days from now; negative for what is past.');

const certificateSchema = z.strictObject({
  of: side.describe("`server`: that of an etcd member; `client`: Patroni's."),
  names: z.array(z.string()).optional(),
  addresses: z.array(z.string()).optional(),
  usages: z.array(side).min(1).optional(),
  valid_from: days.optional(),
  valid_until: days.optional(),
});

const changeSchema = z.strictObject({
  on: z
    .string()
    .describe(
      'A node, a group, `leader`, `replicas`, or `replica`: one of them. Roles as they were before the mistake.',
    ),
  run: someText.optional().describe('A script for `sh -e`, as root; {{ node.member }} and the like may be used.'),
  keep: z
    .string()
    .regex(patterns.absolutePath, 'absolutePath')
    .optional()
    .describe('A file or folder that the script changes: put back as it was when the mistake is undone.'),
  fault: someText.optional().describe('`lab fault`; undone by `lab heal`.'),
  certificate: certificateSchema
    .optional()
    .describe('Signed by the authority that the node trusts, and right but for what is said here.'),
  authority_key: z
    .string()
    .regex(patterns.absolutePath, 'absolutePath')
    .optional()
    .describe("Where the authority's private key is put, which belongs on no node."),
});

const caughtSchema = z.strictObject({
  check: z.string().describe('A check of this chapter, which has to fail.'),
  on: z.string().optional().describe('A node, `leader` or `replica`. Without it: on whichever node, or the cluster.'),
  cause: someText.describe('A regular expression that is found in the English cause or hint.'),
});

const mistakeSchema = z.strictObject({
  id: id.describe('Unique in the chapter; its recording has this name.'),
  what: someText.describe('What somebody did, in a few words.'),
  editions: z.array(z.string()).min(1).optional().describe('Without it: the default edition.'),
  make: z.array(changeSchema).min(1),
  undo: z
    .union([z.enum(['up', 'restore']), z.array(changeSchema)])
    .optional()
    .describe(
      'What is done after the files that were kept are back; `up`: lab up; `restore`: the checkpoint before it.',
    ),
  caught: z.array(caughtSchema).min(1),
  also: z.array(z.string()).optional().describe('Checks that fail too, as a consequence. All others have to pass.'),
});

export const mistakesFileSchema = z.strictObject({ mistakes: z.array(mistakeSchema).min(1) });

export type ChangeEntry = z.infer<typeof changeSchema>;
export type MistakeEntry = z.infer<typeof mistakeSchema>;
