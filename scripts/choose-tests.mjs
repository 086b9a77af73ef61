// Which test files scripts/test runs on LXC: `choose-tests.mjs FOLDER [--all | --shard K/N | --chapter N]` writes them to
// FOLDER/road and FOLDER/share, a path a line, and to FOLDER/mistakes what LAB_TEST_MISTAKES is to say; it prints one line
// a file with the reason. Ends with 2, having written nothing, when there is no such shard or chapter.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { belongsTo, chooseShare } from './test-choice.mjs';
import { readTestFiles } from './test-files.mjs';
import { readHistory } from './test-history.mjs';
import { clockSeconds, cutIntoShards } from './test-shards.mjs';

const [folder, option, value] = process.argv.slice(2);
const root = process.cwd();
const { road, rest, unmeasured } = readTestFiles(root);
const choice = chosenBy(option);

if (choice === undefined) {
  process.exitCode = 2;
} else {
  const { always = [], chosen, mistakes = {}, left = [] } = choice;
  const files = [...always.map((file) => ({ ...file, why: 'main road, always' })), ...chosen];
  for (const { file, seconds, why } of files) {
    console.log(
      `   ${file}  ${why}, ${unmeasured.includes(file) ? `not measured: counts as ${seconds} s` : `${seconds} s`}`,
    );
  }
  for (const line of left) console.log(`   ${line}`);
  if (always.length > 0) console.log(`   the main road: about ${minutes(always)} min`);
  console.log(`   of the rest: about ${minutes(chosen)} min`);
  write('road', always);
  write('share', chosen);
  if (Object.keys(mistakes).length > 0) writeFileSync(join(folder, 'mistakes'), JSON.stringify(mistakes));
}

function chosenBy(option) {
  switch (option) {
    case '--all':
      return { always: road, chosen: because('everything', rest) };
    case '--shard': {
      const [place, count] = value.split('/').map(Number);
      return unlessEmpty(because(`shard ${value}`, cutIntoShards(rest, count)[place - 1] ?? []));
    }
    case '--chapter': {
      const number = `${value.padStart(2, '0')}-`;
      const files = rest.filter((file) => belongsTo(number, file));
      return unlessEmpty(because(`chapter ${value}`, files));
    }
    default:
      return { always: road, ...chooseShare({ files: rest, ...readHistory(root) }) };
  }
}

function unlessEmpty(chosen) {
  return chosen.length === 0 ? undefined : { chosen };
}

function because(why, files) {
  return files.map((file) => ({ ...file, why }));
}

function write(name, files) {
  writeFileSync(join(folder, name), files.map(({ file }) => `${file}\n`).join(''));
}

function minutes(files) {
  return (clockSeconds(files) / 60).toFixed(1);
}
