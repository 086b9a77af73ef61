// Copies of trees as a hostile root may leave them: links out of the tree, pipes, sockets, sparse and endless files,
// whiteouts, odd names and modes. A copy of each ends, and is the same. About 10 seconds.

import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runProgram } from '../../../src/process/run-program.ts';
import { readFirstId } from '../../../src/provider/lxc/host/id-range.ts';
import { copyTrees } from '../../../src/provider/lxc/node-files/copy-trees.ts';
import { testHome } from '../real-lab.ts';

let place: string;
let first: number;

beforeAll(async () => {
  first = await readFirstId();
  place = await mkdtemp(join(testHome(), 'trees-'));
  await chown(place, 0, first);
  await runProgram(['chmod', '710', place]);
});
afterAll(() => rm(place, { recursive: true }));

/** Made by root of a node, below a folder each: `$1` is its name. */
const kinds = {
  'a link to this machine': 'ln -s /etc/shadow "$1"; ln -s ../../../../../.. "$1.up"',
  'a link to itself': 'ln -s "$1" "$1"',
  'a pipe': 'mkfifo "$1"',
  'a socket': 'python3 -c "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])" "$1"',
  'a whiteout': 'mknod "$1" c 0 0',
  'an endless file': 'truncate -s 8T "$1"',
  'a file with holes': 'printf one > "$1"; truncate -s 1G "$1"; printf two >> "$1"',
  'files that are one': 'echo same > "$1"; ln "$1" "$1.too"',
  'a setuid program of somebody': 'cp /bin/true "$1"; chown 1000:2000 "$1"; chmod 6755 "$1"',
  'a closed folder': 'mkdir "$1"; echo in > "$1/in"; chmod 0 "$1"',
  'a deep folder': 'd="$1"; for i in $(seq 40); do d="$d/d"; done; mkdir -p "$d"; echo deep > "$d/f"',
  'an opaque folder':
    'mkdir "$1"; python3 -c "import os, sys; os.setxattr(sys.argv[1], b\'user.overlay.opaque\', b\'y\')" "$1"',
} as const;

const names = fc.constantFrom('plain', '-rf', 'with space', 'line\nbreak', '\u001b]0;x\u0007', '*', 'é', 'to', 'from');
const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...Object.values(kinds)), names), {
  minLength: 3,
  maxLength: 9,
  selector: ([, name]) => name,
});

const listing = `cd "$0"; find . -printf '%p %y %U:%G %m %s %n %l %T@\\n' | sort; find . -type f -size -64k -exec sha256sum {} + | sort;
  tar --create --sort=name --sparse --xattrs --xattrs-include='user.*' --format=posix . 2>/dev/null | grep -ac user.overlay.opaque`;

test('a copy of any tree ends, and holds what the tree holds', async () => {
  let trees = 0;
  await fc.assert(
    fc.asyncProperty(entries, async (made) => {
      trees += 1;
      const [tree, copy] = [join(place, `tree-${String(trees)}`), join(place, `copy-${String(trees)}`)];
      await mkdir(tree);
      await chown(tree, first, first);
      const script = ['cd "$0"', ...made.map(([kind], index) => `(set -- "./$${String(index + 1)}"; ${kind})`)];
      const asNode = ['lxc-usernsexec', '-m', `b:0:${String(first)}:65536`, '--', 'sh', '-ec', script.join('\n'), tree];
      const done = await runProgram([...asNode, ...made.map(([, name]) => name)]);
      expect(done.stderr).toBe('');
      await copyTrees(first, [{ from: tree, to: copy }]);
      const [before, after] = [
        await runProgram(['sh', '-c', listing, tree]),
        await runProgram(['sh', '-c', listing, copy]),
      ];
      expect(after.stdout).toBe(before.stdout);
      const kept = await runProgram(['du', '--summarize', '--block-size=1M', copy]);
      expect(Number.parseInt(kept.stdout, 10)).toBeLessThan(2);
    }),
    { numRuns: 12 },
  );
});
