import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The suites that build every chapter are the longest, and what they keep the others restore: they come first. Beside
 * them runs what needs no kept end of a late chapter, then all the rest.
 */
const order: readonly RegExp[] = [
  /\/real\/chapters\//,
  /\/by-hand\/first-chapters\./,
  /\/real\/(interrupted|wrong-states|images|faults|bad-luck)\./,
  /\/contract\//,
];

export class FirstFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = order.findIndex((files) => files.test(moduleId));
  return place === -1 ? order.length : place;
}
