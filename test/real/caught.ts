import { expect } from 'vitest';
import { waitUntil } from '../../src/model/wait-until.ts';
import { type RealLab, type VerifyDocument } from './real-lab.ts';

/** A check of a chapter that has to fail, on a node or for the cluster (null), with a cause or hint that says why. */
export interface Catch {
  readonly chapter: string;
  readonly check: string;
  readonly node: string | null;
  readonly cause: RegExp;
}

/** Looks until these checks of one chapter fail for those reasons: Patroni and etcd need a moment to come to it. */
export async function caught(lab: RealLab, ...catches: readonly [Catch, ...Catch[]]): Promise<void> {
  let last: VerifyDocument | undefined;
  let missed: readonly Catch[] = catches;
  await waitUntil(
    async () => {
      last = await lab.verify(catches[0].chapter);
      missed = catches.filter((one) => !isCaught(one, last));
      return missed.length === 0;
    },
    { withinSeconds: 45 },
  );
  const failed = (last?.checks ?? [])
    .filter((one) => one.verdict !== 'pass')
    .map((one) => `${one.id} ${String(one.node)}: ${one.seen} | ${String(one.cause)}`);
  const wanted = missed.map(({ check, cause }) => `${check} with ${String(cause)}`);
  expect(wanted, `failed were:\n${failed.join('\n')}`).toEqual([]);
  expect(last?.passed).toBe(false);
}

/** The same for one chapter: a check, where it fails (null: of the cluster), and the cause to be named. */
export type Named = readonly [check: string, node: string | null, cause: RegExp];

export function catching(lab: RealLab, chapter: string): (...named: readonly [Named, ...Named[]]) => Promise<void> {
  const catchOf = ([check, node, cause]: Named): Catch => ({ chapter, check, node, cause });
  return (first, ...others) => caught(lab, catchOf(first), ...others.map(catchOf));
}

function isCaught({ check, node, cause }: Catch, document: VerifyDocument | undefined): boolean {
  return (document?.checks ?? []).some(
    (one) =>
      one.id === check &&
      (node === null || one.node === node) &&
      one.verdict === 'fail' &&
      cause.test(`${one.cause ?? ''}\n${one.hint ?? ''}`),
  );
}
