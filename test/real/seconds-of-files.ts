import { writeFileSync } from 'node:fs';
import { type Reporter, type TestModule } from 'vitest/node';

/** Writes how long each file took, its hooks too, which vitest's JSON report leaves out: {file: seconds}. */
export default class SecondsOfFiles implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const path = process.env['LAB_TEST_SECONDS'];
    if (path === undefined) return;
    const measured = modules.map((module): [string, number] => [
      module.relativeModuleId,
      Math.ceil(module.diagnostic().duration / 1000),
    ]);
    writeFileSync(path, JSON.stringify(Object.fromEntries(measured)));
  }
}
