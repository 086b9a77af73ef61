// Does verify say of a mistake what mistakes.yml asks for? The same question of a recording and of a real lab.

import { type CheckResult } from '../../src/model/verdict.ts';
import { type Catch, type WrongState } from '../../src/model/wrong-state.ts';
import { type Roles } from './recording.ts';

/** What verify said of one check, in English. */
export interface Said {
  readonly id: string;
  readonly node: string | null;
  readonly verdict: CheckResult['verdict'];
  readonly seen: string;
  readonly cause: string | null;
  readonly hint: string | null;
}

export function inEnglish({ id, node, verdict, seen, cause, hint }: CheckResult): Said {
  return { id, node, verdict, seen: seen.en, cause: cause?.en ?? null, hint: hint?.en ?? null };
}

/** Sentences; none: the checks named fail with the causes named, and all others pass. */
export function objections(
  said: readonly Said[],
  { caught, also }: Pick<WrongState, 'caught' | 'also'>,
  roles: Roles,
): readonly string[] {
  const expected = new Set<string>([...caught.map(({ check }) => check), ...also]);
  return [
    ...caught.filter((one) => !said.some((result) => catches(one, result, roles))).map(notCaught(said, roles)),
    ...said
      .filter(({ id, verdict }) => verdict !== 'pass' && !expected.has(id))
      .map((result) => `not expected: ${describe(result)}`),
  ];
}

/** Checks that are said to fail as a consequence, and pass everywhere. */
export function idleConsequences(said: readonly Said[], { also }: Pick<WrongState, 'also'>): readonly string[] {
  return also.filter((id) => !said.some((result) => result.id === id && result.verdict !== 'pass'));
}

export function describe({ id, node, verdict, seen, cause, hint }: Said): string {
  return `${id}${node === null ? '' : ` on ${node}`} ${verdict}: ${seen}\n  cause: ${cause ?? '-'}\n  hint: ${hint ?? '-'}`;
}

function catches(one: Catch, result: Said, roles: Roles): boolean {
  const node = nodeOf(one, roles);
  return (
    result.id === one.check &&
    (node === undefined || result.node === node) &&
    result.verdict === 'fail' &&
    new RegExp(one.cause).test(`${result.cause ?? ''}\n${result.hint ?? ''}`)
  );
}

/** undefined: whichever. */
function nodeOf({ on }: Catch, roles: Roles): string | null | undefined {
  if (on === undefined) return undefined;
  return 'node' in on ? on.node : roles[on.role];
}

function notCaught(said: readonly Said[], roles: Roles) {
  return (one: Catch): string => {
    const near = said.filter(({ id }) => id === one.check).map(describe);
    const where = nodeOf(one, roles);
    return `not caught: ${one.check}${where === undefined ? '' : ` on ${String(where)}`} with ${one.cause}\n${near.join('\n')}`;
  };
}
