import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { psqlCommand, type PostgresAnswer } from '../probes/postgres.ts';
import { notesIn, notesSql } from '../probes/postgres-notes.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';
import { lookForPatroniTrouble, patroniTroubleWords, type PatroniTrouble } from './patroni-trouble.ts';
import { silentPostgres } from './silent-postgres.ts';

const schema = z.strictObject({
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  /** Notes of rows that have to be there. */
  present: z.array(z.string()).default([]),
  /** And of rows that may not. */
  absent: z.array(z.string()).default([]),
});

interface MemberNotes {
  readonly node: NodeDefinition;
  readonly answer: PostgresAnswer<readonly { readonly note: string }[]>;
  /** Looked for only when there is no answer. */
  readonly trouble: PatroniTrouble | null;
}

/** On every member of the target the table has rows with these notes, and none with those. */
export const rowsNoted = defineCheck({
  name: 'rows-noted',
  scope: 'cluster',
  schema,
  withinSeconds: 30,

  async observe(reach, { nodes }, { table, present, absent }) {
    const members = nodes.filter(({ member }) => member !== undefined);
    const all = await Promise.all(
      members.map(async (node) => ({ node, answer: await notesIn(reach, node, table, [...present, ...absent]) })),
    );
    const notes: MemberNotes[] = [];
    for (const { node, answer } of all) {
      if (answer.kind === 'unseen') return answer;
      const silent = answer.value.kind === 'silence' || answer.value.kind === 'node-not-running';
      const trouble = silent ? await lookForPatroniTrouble(reach, node) : null;
      if (trouble?.kind === 'unseen') return trouble;
      notes.push({ node, answer: answer.value, trouble: trouble?.value ?? null });
    }
    return seen<readonly MemberNotes[]>(notes);
  },

  judge(members, setting, args): Judgement {
    const expected = expectedWords(args);
    const wrong = members.flatMap((member) => {
      const what = problem(member, args);
      return what === null ? [] : [{ member, what }];
    });
    if (members.length > 0 && wrong.length === 0)
      return { verdict: 'pass', expected, seen: namesWords(members, expected) };
    const causes = wrong.flatMap(({ member: { trouble } }) => (trouble && patroniTroubleWords(trouble, setting)) ?? []);
    return {
      verdict: 'fail',
      expected,
      seen:
        wrong.length === 0
          ? words('no member', 'aucun membre')
          : joinWords(
              wrong.map(({ what }) => what),
              '; ',
            ),
      ...(causes.length === 0
        ? {}
        : {
            cause: joinWords(
              causes.map(({ cause }) => cause),
              '\n',
            ),
          }),
    };
  },

  command: ({ workshop }, { table, present, absent }) =>
    psqlCommand(workshop, notesSql(table, [...present, ...absent])),
});

type Args = z.infer<typeof schema>;

function problem({ node, answer }: MemberNotes, { table, present, absent }: Args): Words | null {
  const who = node.member ?? node.name;
  if (answer.kind === 'error' && answer.message.includes('does not exist'))
    return words(`${who} has no table ${table}`, `${who} n'a pas de table ${table}`);
  if (answer.kind !== 'answer') return silentPostgres(answer, node);
  const there = new Set(answer.value.map(({ note }) => note));
  const missing = present.filter((note) => !there.has(note)).map((note) => `"${note}"`);
  const left = absent.filter((note) => there.has(note)).map((note) => `"${note}"`);
  const parts = [
    ...(missing.length === 0
      ? []
      : [words(`${who} has no row ${missing.join(', ')}`, `${who} n'a pas de ligne ${missing.join(', ')}`)]),
    ...(left.length === 0 ? [] : [words(`${who} still has ${left.join(', ')}`, `${who} a encore ${left.join(', ')}`)]),
  ];
  return parts.length === 0 ? null : joinWords(parts, '; ');
}

function expectedWords({ table, present, absent }: Args): Words {
  const quoted = (notes: readonly string[]): string => notes.map((note) => `"${note}"`).join(', ');
  const parts = [
    ...(present.length === 0 ? [] : [words(`${table} has ${quoted(present)}`, `${table} contient ${quoted(present)}`)]),
    ...(absent.length === 0
      ? []
      : [words(`${table} does not have ${quoted(absent)}`, `${table} ne contient pas ${quoted(absent)}`)]),
  ];
  return joinWords(parts, '; ');
}

function namesWords(members: readonly MemberNotes[], expected: Words): Words {
  const names = members.map(({ node }) => node.member ?? node.name).join(', ');
  return words(`${names}: ${expected.en}`, `${names} : ${expected.fr}`);
}
