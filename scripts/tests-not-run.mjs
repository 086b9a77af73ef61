// `tests-not-run.mjs REPORT FILE…`: a test that could run and didn't is a failure. Names every file of the list of which
// vitest's JSON report has no test that ran, and every test in the report that was left out; then ends with 1.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [report, ...wanted] = process.argv.slice(2);
// A runner that could not begin has written none.
const { testResults } = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { testResults: [] };
const results = testResults.map(({ name, assertionResults }) => ({
  file: relative(process.cwd(), name),
  tests: assertionResults,
}));
const ran = ({ status }) => status === 'passed' || status === 'failed';
const missing = wanted.filter((file) => !results.some((result) => result.file === file && result.tests.some(ran)));
const leftOut = results.flatMap(({ file, tests }) =>
  tests.filter((test) => !ran(test)).map(({ fullName, status }) => `${file} > ${fullName} (${status})`),
);
for (const file of missing) console.log(`NOT RUN ${file}: no test of it ran`);
for (const test of leftOut) console.log(`NOT RUN ${test}`);
if (missing.length + leftOut.length > 0) process.exitCode = 1;
