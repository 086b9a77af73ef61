// Which mistakes scripts/test makes on LXC because their recordings are new, although the file is not in turn. Pure.

/** Seconds of tests, and what one mistake counts as. */
const limit = 240;
const mistakeSeconds = 20;
const most = limit / mistakeSeconds;

const recording = /^fixtures\/recorded\/mistakes\/([^/]+)\/(\d\d-[^/]+)\/([^/]+)\.json$/;

/**
 * `whole` are the files that run with all their mistakes, `recorded` the paths of recordings. `commit` turns the list:
 * where there are too many for one run, the next runs make the others. Returns as chooseShare does.
 */
export function chooseMistakes({ files, whole, recorded, commit = 0 }) {
  const wanted = recorded.toSorted().flatMap(mistakeOf);
  const has = (list, { file }) => list.some((other) => other.file === file);
  const open = wanted.filter((mistake) => !has(whole, mistake) && has(files, mistake));
  const begin = open.length === 0 ? 0 : (commit * most) % open.length;
  const inTurn = [...open.slice(begin), ...open.slice(0, begin)];
  const made = bySet(inTurn.slice(0, most));
  return {
    chosen: Object.entries(made).map(([set, ids]) => ({
      file: fileOf(set),
      seconds: ids.length * mistakeSeconds,
      why: `only what was recorded in the last 24 hours: ${ids.join(', ')}`,
    })),
    mistakes: made,
    left: [
      ...tooMany(inTurn.slice(most)),
      ...wanted
        .filter((mistake) => !has(files, mistake))
        .map(({ file, id }) => `not run: mistake ${id}: there is no ${file}`),
    ],
  };
}

/** Each file has those of one chapter on one edition: 06-dcs-trixie. */
function mistakeOf(path) {
  const [, edition, chapter, id] = recording.exec(path) ?? [];
  // whole.json is the chapter without a mistake.
  if (chapter === undefined || id === 'whole') return [];
  const set = `${chapter}-${edition}`;
  return [{ set, file: fileOf(set), id }];
}

function fileOf(set) {
  return `test/real/mistakes/${set}.test.ts`;
}

function bySet(mistakes) {
  const sets = [...new Set(mistakes.map(({ set }) => set))].toSorted();
  const idsOf = (name) => mistakes.flatMap(({ set, id }) => (set === name ? [id] : [])).toSorted();
  return Object.fromEntries(sets.map((set) => [set, idsOf(set)]));
}

function tooMany(mistakes) {
  if (mistakes.length === 0) return [];
  const chapters = new Set(mistakes.map(({ set }) => Number(set.slice(0, 2))));
  const commands = [...chapters].toSorted((a, b) => a - b).map((chapter) => `scripts/test --chapter ${chapter}`);
  return [`not run: ${mistakes.length} more mistakes recorded in the last 24 hours: ${commands.join(', ')}`];
}
