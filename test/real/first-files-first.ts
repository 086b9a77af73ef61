import { readFileSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const measured = JSON.parse(readFileSync(new URL('seconds.json', import.meta.url), 'utf8')) as Record<string, number>;
/** As in scripts/test-shards.mjs, for a file that nobody has measured. */
const unmeasured = 120;
const day = 86_400;

/**
 * The main road comes first, and of it the chapters: what they keep, the others restore, some of them while the chapters
 * are still being built. Then the longest files, so that none of them is the last to begin.
 */
export class FirstFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => weight(b) - weight(a));
  }
}

function weight({ moduleId, project }: TestSpecification): number {
  const file = moduleId.slice(project.config.root.length + 1);
  const seconds = measured[file] ?? unmeasured;
  if (file === 'test/real/main-road/chapters.test.ts') return seconds + 2 * day;
  return file.startsWith('test/real/main-road/') ? seconds + day : seconds;
}
