// `write-test-seconds.mjs FILE…`: writes test/real/seconds.json from what runs on LXC measured. Without a file it only
// takes out of it what is no test file any more.
import { readFileSync, writeFileSync } from 'node:fs';
import { readTestFiles, secondsFile } from './test-files.mjs';

const { gone } = readTestFiles(process.cwd());
const sources = process.argv.length > 2 ? process.argv.slice(2) : [secondsFile];
const measured = sources
  .flatMap((file) => Object.entries(JSON.parse(readFileSync(file, 'utf8'))))
  .filter(([file]) => !gone.includes(file))
  .toSorted(([a], [b]) => (a < b ? -1 : 1));
writeFileSync(secondsFile, `${JSON.stringify(Object.fromEntries(measured), null, 2)}\n`);
