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

/** Looks until the check fails for that reason: Patroni and etcd need a moment to come to it. */
export async function caught(lab: RealLab, { chapter, check, node, cause }: Catch): Promise<void> {
  let last: VerifyDocument | undefined;
  const found = await waitUntil(
    async () => {
      last = await lab.verify(chapter);
      return last.checks.some(
        (one) =>
          one.id === check &&
          (node === null || one.node === node) &&
          one.verdict === 'fail' &&
          cause.test(`${one.cause ?? ''}\n${one.hint ?? ''}`),
      );
    },
    { withinSeconds: 45 },
  );
  const failed = (last?.checks ?? [])
    .filter((one) => one.verdict !== 'pass')
    .map((one) => `${one.id} ${String(one.node)}: ${one.seen} | ${String(one.cause)}`);
  expect(found, `${check} with ${String(cause)}; failed were:\n${failed.join('\n')}`).toBe(true);
  expect(last?.passed).toBe(false);
}
