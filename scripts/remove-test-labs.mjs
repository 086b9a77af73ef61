// `remove-test-labs.mjs HOME`: destroys what labs the tests have left in a LAB_HOME, and in the homes of their own that
// suites make in it. Ends with 1 when one may still be there.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const testHome = process.argv[2];
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const ownHomes = readdirSync(testHome).filter((name) => name.startsWith('home-'));

for (const home of [testHome, ...ownHomes.map((name) => join(testHome, name))]) {
  const listed = lab(home, 'list', '--format', 'json');
  for (const { name } of listed === undefined ? [] : JSON.parse(listed).labs) {
    lab(home, 'destroy', '--yes', '--lab', name);
  }
}

function lab(home, ...args) {
  const command = [program, ...args, '--home', home];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 300_000 });
  if (status === 0) return stdout;
  console.error(`lab ${args.join(' ')} (${home}): exit status ${status}\n${stdout}${stderr}`);
  process.exitCode = 1;
  return undefined;
}
