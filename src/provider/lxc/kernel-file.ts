import { readFile } from 'node:fs/promises';

/** What the kernel says in one of its files (proc(5), cgroups(7)); null: it has no such file, or not any more. */
export async function kernelFile(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
