// checkpoint.json: written last. A folder without a valid one is no checkpoint.

import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint } from '../model/checkpoint.ts';

const fileName = 'checkpoint.json';
const format = 1;

export type Manifest = Omit<Checkpoint, 'folder'>;

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const file = await open(join(folder, fileName), 'w');
  try {
    await file.writeFile(`${JSON.stringify({ format, ...manifest }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** undefined: nothing there, or nothing that this version of lab can read. */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const text = await readFile(join(folder, fileName), 'utf8').catch(() => undefined);
  const manifest = text === undefined ? undefined : parseManifest(text);
  return manifest && { folder, ...manifest };
}

export function parseManifest(text: string): Manifest | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value['format'] !== format || !isManifest(value)) return undefined;
  const { format: _, ...manifest } = value;
  return manifest;
}

/** Shape enough to work with: lab wrote it itself. */
function isManifest(value: Record<string, unknown>): value is Record<string, unknown> & Manifest {
  const { name, chapter, state, history, nodes } = value;
  return (
    (name === null || typeof name === 'string') &&
    (chapter === null || typeof chapter === 'string') &&
    (state === null || state === 'open' || state === 'done') &&
    typeof value['edition'] === 'string' &&
    typeof value['takenAt'] === 'string' &&
    typeof value['frozenSeconds'] === 'number' &&
    typeof value['bytes'] === 'number' &&
    isRecord(history) &&
    isRecord(history['steps']) &&
    isRecord(history['starts']) &&
    Array.isArray(nodes) &&
    nodes.every((node) => isRecord(node) && typeof node['name'] === 'string' && typeof node['image'] === 'string')
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
