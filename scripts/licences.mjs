// The copyright file of the Debian package: lab's own licence, and those of the packages that its program contains.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));

const { license, description } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const parts = [`lab: ${description}.\nLicence: ${license}\n\nThe program contains these packages:\n`];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (path === '' || entry.dev || entry.optional || entry.peer) continue;
  const name = path.replace(/^.*node_modules\//, '');
  parts.push(`${'-'.repeat(72)}\n${name} ${entry.version} (${entry.license})\n\n${await licenceText(path)}`);
}
process.stdout.write(parts.join('\n'));

async function licenceText(path) {
  const names = await readdir(join(root, path));
  const found = names.find((name) => /^licen[cs]e/i.test(name));
  return found === undefined ? '' : readFile(join(root, path, found), 'utf8');
}
