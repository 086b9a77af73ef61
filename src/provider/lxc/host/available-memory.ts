import { readFile } from 'node:fs/promises';

/** Bytes that programs can still have without swapping; undefined where the kernel doesn't say. */
export async function readAvailableMemory(): Promise<number | undefined> {
  const said = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const kilobytes = /^MemAvailable:\s+(\d+) kB$/m.exec(said)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
