import { type Reporter, type TestCase } from 'vitest/node';

/** Says why a test failed when it fails: vitest itself tells at the very end, which a run that is cut off never reaches. */
export default class FailuresAtOnce implements Reporter {
  onTestCaseResult(test: TestCase): void {
    const { state, errors } = test.result();
    if (state !== 'failed') return;
    console.log(`FAILED ${test.module.relativeModuleId} > ${test.fullName}`);
    for (const { message, stacks } of errors) {
      const [at] = stacks ?? [];
      console.log(`  ${message.slice(-4000)}`);
      if (at) console.log(`  at ${at.file}:${String(at.line)}`);
    }
  }
}
