import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The suites that build the chapters come first: what they keep, the others restore. Then the longest ones. */
const order: readonly (string | RegExp)[] = [/\/real\/chapters\//, /\/real\/by-hand\//, /\/real\//];

export class FirstFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => order.findIndex((place) => RegExp(place).test(moduleId));
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => position(rank(a)) - position(rank(b)));
  }
}

function position(index: number): number {
  return index === -1 ? order.length : index;
}
