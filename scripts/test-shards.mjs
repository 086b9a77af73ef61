// How the rest of the tests on LXC is cut into shards of six to eight minutes. Pure: `files` are {file, seconds}.

/** Test files side by side; vitest.config.ts says the same. */
const lanes = 2;
/** Of a lane, and so of a shard by the clock, unless a single file takes longer: seven minutes. */
const longestLane = 420;
/** What a file counts as that nobody has measured. */
const unmeasured = 120;

export function withSeconds(files, measured) {
  return files.map((file) => ({ file, seconds: measured[file] ?? unmeasured }));
}

/**
 * The shards, each its files with the longest first; `count` of them, or the fewest in which no lane is too long. Each
 * file, the longest first, goes to the lane that has least to do. So a file that is longer than a lane has one to itself,
 * and beside it the other lane of its shard is filled.
 */
export function cutIntoShards(files, count = fewestShards(files)) {
  const filled = fillLanes(files, count);
  const shards = [];
  for (let lane = 0; lane < filled.length; lane += lanes) {
    shards.push(longestFirst(filled.slice(lane, lane + lanes).flat()));
  }
  return shards;
}

export function totalSeconds(files) {
  return files.reduce((sum, { seconds }) => sum + seconds, 0);
}

/** By the clock, two files side by side, the longest first. */
export function clockSeconds(files) {
  return Math.max(...fillLanes(files, 1).map(totalSeconds));
}

function fewestShards(files) {
  const fits = (lane) => lane.length <= 1 || totalSeconds(lane) <= longestLane;
  let count = 1;
  while (!fillLanes(files, count).every(fits)) count += 1;
  return count;
}

function fillLanes(files, shards) {
  const filled = Array.from({ length: shards * lanes }, () => []);
  for (const file of longestFirst(files)) {
    const loads = filled.map(totalSeconds);
    filled[loads.indexOf(Math.min(...loads))].push(file);
  }
  return filled;
}

/** Files of equal length by their names: the same files are cut in the same way everywhere. */
function longestFirst(files) {
  return files.toSorted((a, b) => b.seconds - a.seconds || (a.file < b.file ? -1 : 1));
}
