// scripts/test --list: the shards of now. Ends with 1 when test/real/seconds.json names a file that is not there.
import { turnOf } from './test-choice.mjs';
import { readTestFiles, secondsFile } from './test-files.mjs';
import { readHistory } from './test-history.mjs';
import { clockSeconds, cutIntoShards, totalSeconds } from './test-shards.mjs';

const { road, rest, unmeasured, gone } = readTestFiles(process.cwd());
const { commit, noHistory } = readHistory(process.cwd());
const shards = cutIntoShards(rest);

show('the main road, always', road);
for (const [place, files] of shards.entries()) show(`shard ${place + 1}/${shards.length}`, files);
console.log(`
This checkout (${commit === undefined ? noHistory : `commit ${commit}`}) runs shard ${turnOf(commit, shards) + 1}; ${shards.length} commits in a row run everything once.`);
for (const file of gone) console.log(`${secondsFile} names ${file}, which is not there.`);
if (gone.length > 0) {
  console.log('Take that out: node scripts/write-test-seconds.mjs');
  process.exitCode = 1;
}

function show(title, files) {
  console.log(`${title}: ${inMinutes(clockSeconds(files))} (${totalSeconds(files)} s of tests)`);
  for (const { file, seconds } of files) {
    console.log(`${String(seconds).padStart(6)} s  ${file}${unmeasured.includes(file) ? '  (not measured yet)' : ''}`);
  }
}

function inMinutes(seconds) {
  return `${(seconds / 60).toFixed(1)} min`;
}
