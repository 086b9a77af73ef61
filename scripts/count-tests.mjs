// Adds up vitest's JSON reports in a folder: `count-tests.mjs FOLDER` prints what failed, in short, and as its last line
// "N passed, N failed[, N skipped]". A log of which only the end is kept still tells every failure.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const folder = process.argv[2];
let passed = 0;
let failed = 0;
let skipped = 0;
const failures = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const report = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped += report.numPendingTests + report.numTodoTests;
  for (const { name, status, message, assertionResults } of report.testResults) {
    const where = relative(process.cwd(), name);
    const failedTests = assertionResults.filter((assertion) => assertion.status === 'failed');
    for (const { fullName, failureMessages } of failedTests) {
      failures.push(`FAILED ${where} > ${fullName}`, ...failureMessages.map(inShort));
    }
    // A file that could not be loaded, or whose hook failed, has no failed test to count.
    if (status === 'failed' && failedTests.length === 0) {
      failed++;
      failures.push(`FAILED ${where}`, inShort(message));
    }
  }
}
for (const line of failures) console.log(line);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);

/** The first line and the last ones before the stack: a stopped `lab` says its reason at the end. */
function inShort(message) {
  const lines = message
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .map((line) => (line.length > 200 ? `${line.slice(0, 200)}…` : line));
  const told = lines.length > 12 ? [lines[0], '…', ...lines.slice(-10)] : lines;
  return told.map((line) => `  ${line}`).join('\n');
}
