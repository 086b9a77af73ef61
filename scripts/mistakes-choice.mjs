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
  const made = byChapter(inTurn.slice(0, most));
  return {
    chosen: Object.entries(made).map(([chapter, ids]) => ({
      file: fileOf(chapter),
      seconds: ids.length * mistakeSeconds,
      why: `only what was recorded in the last 24 hours: ${ids.join(', ')}`,
    })),
    mistakes: made,
    left: [
      ...tooMany(inTurn.slice(most)),
      ...wanted.filter((mistake) => !has(files, mistake)).map(({ file, id }) => `not run: ${id}: there is no ${file}`),
    ],
  };
}

function mistakeOf(path) {
  const [, edition, chapter, id] = recording.exec(path) ?? [];
  return chapter === undefined ? [] : [{ file: fileOf(chapter), chapter, id: `${edition}/${id}` }];
}

function fileOf(chapter) {
  return `test/real/mistakes/${chapter}.test.ts`;
}

function byChapter(mistakes) {
  const chapters = [...new Set(mistakes.map(({ chapter }) => chapter))].toSorted();
  const idsOf = (slug) => mistakes.flatMap(({ chapter, id }) => (chapter === slug ? [id] : [])).toSorted();
  return Object.fromEntries(chapters.map((slug) => [slug, idsOf(slug)]));
}

function tooMany(mistakes) {
  if (mistakes.length === 0) return [];
  const commands = Object.keys(byChapter(mistakes)).map((slug) => `scripts/test --chapter ${Number(slug.slice(0, 2))}`);
  return [`not run: ${mistakes.length} more mistakes recorded in the last 24 hours: ${commands.join(', ')}`];
}
