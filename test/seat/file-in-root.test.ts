import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileInRoot } from '../../src/seat/file-in-root.ts';

let root: string;
const place = (...names: readonly string[]): string => join(root, ...names);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'file-in-root-'));
  mkdirSync(place('tls'));
  writeFileSync(place('tls', 'ca.crt'), 'certificate');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

test('a small file is read', () => {
  expect(fileInRoot(root, '/tls/ca.crt')).toBe('certificate');
});

test('nothing there, a folder, a way out: null', () => {
  for (const path of ['/tls/none', '/tls', '/tls/../tls/ca.crt']) expect(fileInRoot(root, path)).toBe(null);
});

test('no symbolic link is followed, wherever it is on the way', () => {
  symlinkSync('ca.crt', place('tls', 'link'));
  symlinkSync(place('tls'), place('linked'));
  for (const path of ['/tls/link', '/linked/ca.crt']) expect(fileInRoot(root, path)).toBe(null);
});

test('a pipe keeps nobody waiting', () => {
  expect(spawnSync('mkfifo', [place('tls', 'pipe')]).status).toBe(0);
  expect(fileInRoot(root, '/tls/pipe')).toBe(null);
});

test('a file that claims to be large is not read into memory', () => {
  truncateSync(place('tls', 'ca.crt'), 500_000_000);
  const before = process.memoryUsage.rss();
  expect(fileInRoot(root, '/tls/ca.crt')).toBe(null);
  expect(process.memoryUsage.rss() - before).toBeLessThan(50_000_000);
});

test('what lies on another mount is not of this root', () => {
  expect(fileInRoot('/', '/proc/self/cmdline')).toBe(null);
});
