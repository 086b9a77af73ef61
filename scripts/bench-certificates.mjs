// How long all keys and certificates of a lab take: its authority, and one certificate a node. The program's own code,
// without the nodes that they are installed in.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Seconds of each run. Every run is a lab of its own, with an authority of its own. */
export async function certificateSeconds({ repeat, tell }) {
  tell('keys and certificates of a lab');
  const folder = await mkdtemp(join(tmpdir(), 'lab-bench-pki-'));
  try {
    const { openAuthorities } = await programPart(folder, 'src/pki/open-authorities.ts');
    return await repeat(5, async (time) => {
      const began = performance.now();
      const authority = await openAuthorities(join(folder, 'authorities'), `bench-${time}`, () => new Date()).own();
      await Promise.all(nodes.map((node) => authority.issue(requestFor(node))));
      return (performance.now() - began) / 1000;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

const nodes = ['etcd1', 'etcd2', 'etcd3', 'pg-patroni1', 'pg-patroni2', 'pg-patroni3'];

function requestFor(unit) {
  const notAfter = new Date(Date.now() + 365 * 86_400_000);
  return {
    unit,
    names: [unit, 'localhost'],
    addresses: ['127.0.0.1'],
    usages: ['server', 'client'],
    notBefore: new Date(),
    notAfter,
  };
}

async function programPart(folder, source) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    write: false,
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  const file = join(folder, 'part.mjs');
  await writeFile(file, outputFiles[0].contents);
  return import(pathToFileURL(file));
}
