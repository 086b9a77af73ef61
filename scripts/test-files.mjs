// The test files on LXC: the main road, which always runs, and the rest; and what they took when they were measured.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withSeconds } from './test-shards.mjs';

export const secondsFile = 'test/real/seconds.json';

/** `road` and `rest` are {file, seconds}; `unmeasured` are files without seconds, `gone` seconds without a file. */
export function readTestFiles(root) {
  const measured = JSON.parse(readFileSync(join(root, secondsFile), 'utf8'));
  const real = filesBelow(root, 'test/real', '.test.ts');
  const isRoad = (file) => file.startsWith('test/real/main-road/');
  const road = [...real.filter(isRoad), ...filesBelow(root, 'test/contract', '.lxc.test.ts')];
  const rest = real.filter((file) => !isRoad(file));
  const all = [...road, ...rest];
  return {
    road: withSeconds(road, measured),
    rest: withSeconds(rest, measured),
    unmeasured: all.filter((file) => measured[file] === undefined),
    gone: Object.keys(measured).filter((file) => !all.includes(file)),
  };
}

function filesBelow(root, folder, ending) {
  const names = readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith(ending));
  return names.map((name) => `${folder}/${name}`).toSorted();
}
