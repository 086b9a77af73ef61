// Bundles src/main.ts into dist/. What is imported with `await import()` becomes a file of its own, which
// `lab --help` never reads.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** Slow to parse and of no use to `--help` and completion: reached through `await import()` only. */
const lazyPackages = ['zod', 'yaml', 'listr2', '@inquirer', 'execa', 'log-update', 'pg'];

// Made now and put in place at the end: a file saved while the build runs is newer than the build.
await mkdir(dist, { recursive: true });
const stamp = join(dist, '.built');
await rm(stamp, { force: true });
await writeFile(`${stamp}.next`, '');

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: ['src/main.ts', 'src/ledger-client.ts', 'src/seat.ts'],
  // An optional driver that pg asks for, and goes on without.
  external: ['pg-native'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  chunkNames: '[name]-[hash]',
  sourcemap: 'linked',
  sourcesContent: false,
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  write: false,
  // Packages in CommonJS call require() for Node's own modules.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
}).catch(() => process.exit(1)); // esbuild has said why

const faults = [...packagesReadTooEarly(metafile), ...commonJsReadLazily(metafile)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else await putInPlace(outputFiles);

/** Each file whole or not at all, the entry last; a start that happens meanwhile sees the old program or the new. */
async function putInPlace(files) {
  const entryLast = files.toSorted((a, b) => Number(isEntry(a)) - Number(isEntry(b)));
  for (const { path, contents } of entryLast) {
    await writeFile(`${path}.next`, contents);
    await rename(`${path}.next`, path);
  }
  const made = new Set([...files.map(({ path }) => basename(path)), '.built.next']);
  for (const name of await readdir(dist)) if (!made.has(name)) await rm(join(dist, name), { recursive: true });
  await rename(`${stamp}.next`, stamp);
}

function isEntry({ path }) {
  return basename(path) === 'main.js';
}

/** What is parsed before the first verb runs: everything that src/main.ts reaches by static imports. */
function* packagesReadTooEarly({ inputs }) {
  const ways = [['src/main.ts']];
  const visited = new Set(ways[0]);
  const told = new Set();
  for (const way of ways) {
    const name = packageOf(way.at(-1));
    if (lazyPackages.includes(name) && !told.has(name)) {
      told.add(name);
      yield `${name} is parsed at every start: ${way.join(' → ')}. Make one of these imports \`await import(…)\`.`;
    }
    for (const { path, kind } of inputs[way.at(-1)]?.imports ?? []) {
      if (kind === 'dynamic-import' || visited.has(path)) continue;
      visited.add(path);
      ways.push([...way, path]);
    }
  }
}

/** Bundled, such an import has a `default` and nothing else; under vitest it has the names too, so no test sees it. */
function* commonJsReadLazily({ inputs }) {
  for (const [from, { imports }] of Object.entries(inputs)) {
    for (const { path, kind } of from.startsWith('src/') ? imports : []) {
      if (kind !== 'dynamic-import' || inputs[path]?.format !== 'cjs') continue;
      yield `${from} imports ${packageOf(path)} (CommonJS) with await import(…): import it statically from a file of src/, and that file lazily.`;
    }
  }
}

function packageOf(path) {
  return /^node_modules\/(@[^/]+|[^/]+)\//.exec(path)?.[1];
}
