// What git tells the choice of tests: how many commits there are, what this branch touches, which recordings are new.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const recordings = 'fixtures/recorded/mistakes';

/** `commit` is undefined when it can't be known, and `noHistory` says why. Paths are relative to `root`. */
export function readHistory(root) {
  const git = (...args) => gitIn(root, args);
  const head = lines(git('rev-parse', '--verify', '--quiet', 'HEAD'))[0];
  if (head === undefined) return { noHistory: 'there is no git history here', changed: [], recorded: [] };
  const uncommitted = [
    ...lines(git('diff', '--name-only', '--no-renames', '--diff-filter=AM', 'HEAD')),
    ...lines(git('ls-files', '--others', '--exclude-standard')),
  ];
  const recorded = new Set([...recordedLately(git), ...uncommitted.filter((path) => path.startsWith(recordings))]);
  return {
    ...countCommits(git),
    changed: [...lines(git('diff', '--name-only', '--no-renames', startOfBranch(git))), ...uncommitted],
    // Some were taken out again since.
    recorded: [...recorded].filter((path) => existsSync(join(root, path))),
  };
}

/** A clone that was cut off has the same number of commits every time. */
function countCommits(git) {
  if (lines(git('rev-parse', '--is-shallow-repository'))[0] !== 'false') {
    return { noHistory: 'the git history here is cut off' };
  }
  return { commit: Number(git('rev-list', '--count', 'HEAD')) };
}

/** Where it left the upstream; without one, or on it, the commit before the last. */
function startOfBranch(git) {
  for (const upstream of ['origin/HEAD', 'origin/main']) {
    const [base] = lines(git('merge-base', 'HEAD', upstream));
    if (base !== undefined && base !== lines(git('rev-parse', 'HEAD'))[0]) return base;
  }
  return lines(git('rev-parse', '--verify', '--quiet', 'HEAD^'))[0] ?? 'HEAD';
}

/** By the clock of the last commit: the same commit is tested in the same way tomorrow. */
function recordedLately(git) {
  const last = Number(git('log', '-1', '--format=%ct'));
  const since = new Date((last - 24 * 3600) * 1000).toISOString();
  const kinds = ['--name-only', '--no-renames', '--diff-filter=AM', '--format='];
  return lines(git('log', `--since=${since}`, ...kinds, '--', recordings));
}

/** What it says; nothing when it can't, or is not installed. Root may run in somebody else's checkout. */
function gitIn(root, args) {
  try {
    return execFileSync('git', ['-c', 'safe.directory=*', '-c', 'core.quotePath=false', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 1e8,
    });
  } catch {
    return '';
  }
}

function lines(text) {
  return text.split('\n').filter((line) => line !== '');
}
