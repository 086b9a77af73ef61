// What scripts/test runs of the rest on LXC, and why: a shard, what this branch touches, and mistakes that were recorded
// lately. Pure, and bounded: a change of everything must not make a run that never ends.
import { chooseMistakes } from './mistakes-choice.mjs';
import { cutIntoShards, totalSeconds } from './test-shards.mjs';

/** Seconds of tests, for touched files that are not in the shard. */
const touchedLimit = 480;

/**
 * `files` are {file, seconds}; `commit` is a number of commits, or undefined, and then `noHistory` says why; `changed`
 * and `recorded` are paths: what the branch touches, and recordings of mistakes that are new or changed.
 * Returns `chosen` ({file, seconds, why}), `mistakes` (ids per chapter and edition, only of files that run in part) and `left` (lines
 * on what is not run although there is a reason to, with the command that runs it).
 */
export function chooseShare({ files, commit, noHistory, changed, recorded }) {
  const shards = cutIntoShards(files);
  const turn = turnOf(commit, shards);
  const why = `shard ${turn + 1} of ${shards.length} (${commit === undefined ? noHistory : `commit ${commit}`})`;
  const inShard = shards[turn].map((file) => ({ ...file, why }));
  const touched = chooseTouched(files, shards, turn, changed);
  const whole = [...inShard, ...touched.chosen];
  const single = chooseMistakes({ files, whole, recorded, commit });
  return {
    chosen: [...whole, ...single.chosen],
    mistakes: single.mistakes,
    left: [...touched.left, ...single.left],
  };
}

/** Counted from 0. As many commits in a row as there are shards run them all. */
export function turnOf(commit, shards) {
  return commit === undefined ? 0 : commit % shards.length;
}

/** `chapter` is NN-slug or its beginning; a folder or a name may carry several: 06-dcs-07-haproxy.test.ts. */
export function belongsTo(chapter, { file }) {
  return file.includes(`/${chapter}`) || file.includes(`-${chapter}`);
}

/** The files that changed themselves come before those whose chapter did; of each, the shortest first: most fit in. */
function chooseTouched(files, shards, turn, changed) {
  const chapters = new Set(changed.flatMap((path) => /^labs\/[^/]+\/chapters\/(\d\d-[^/]+)\//.exec(path)?.[1] ?? []));
  const others = files.filter((file) => !shards[turn].includes(file)).toSorted((a, b) => a.seconds - b.seconds);
  const own = others.filter(({ file }) => changed.includes(file));
  const touched = own.map((file) => ({ ...file, why: 'changed by this branch' }));
  for (const file of others.filter((file) => !own.includes(file))) {
    const chapter = [...chapters].find((slug) => belongsTo(slug, file));
    if (chapter !== undefined) touched.push({ ...file, why: `chapter ${chapter} changed by this branch` });
  }
  const chosen = [];
  const left = [];
  for (const file of touched) {
    if (totalSeconds([...chosen, file]) <= touchedLimit) chosen.push(file);
    else left.push(`not run: ${file.file} (${file.why}; ${file.seconds} s are too long): ${commandFor(file, shards)}`);
  }
  return { chosen, left };
}

function commandFor({ file }, shards) {
  const place = shards.findIndex((shard) => shard.some((other) => other.file === file));
  return `scripts/test --shard ${place + 1}/${shards.length}`;
}
