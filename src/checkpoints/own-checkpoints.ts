// A lab's own checkpoints: made by `lab save`, never removed by lab itself. The caller holds the lab's lock.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint } from '../model/checkpoint.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type LabName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { words } from '../model/words.ts';
import { unknownName } from '../workshop/unknown-name.ts';
import {
  type CheckpointFacts,
  type CopyInto,
  makeCheckpoint,
  removeCheckpoint,
  removeUnfinished,
} from './make-checkpoint.ts';
import { readCheckpoint } from './manifest.ts';
import { ownDirectory, unfinished } from './places.ts';

export interface OwnPlace {
  readonly home: string;
  readonly lab: LabName;
}

/** As a lab's name: 1 to 30 characters. Throws `checkpoint-name-invalid`. */
export function parseCheckpointName(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,29}$/.test(text)) return text;
  throw new LabError(
    'checkpoint-name-invalid',
    words(`"${text}" can't be a checkpoint's name.`, `« ${text} » ne peut pas être le nom d'un point de reprise.`),
    {
      exit: exitStatus.usage,
      hint: words(
        'Use 1 to 30 lower-case letters, digits and hyphens, beginning with a letter or a digit: lab save before-lunch',
        'Utilisez de 1 à 30 lettres minuscules, chiffres et tirets, en commençant par une lettre ou un chiffre : lab save avant-midi',
      ),
    },
  );
}

/** Throws `checkpoint-exists` (usage) when there is one of that name, unless it is to be replaced. */
export async function saveOwn(
  place: OwnPlace,
  name: string,
  facts: CheckpointFacts,
  copyInto: CopyInto,
  options: { readonly replace?: boolean } = {},
): Promise<Checkpoint> {
  const folder = folderOf(place, parseCheckpointName(name));
  if (options.replace !== true && (await readCheckpoint(folder)) !== undefined) throw existsAlready(name);
  await removeUnfinished(ownDirectory(place.home, place.lab));
  return makeCheckpoint(folder, { ...facts, name }, copyInto, 'replace');
}

/** Oldest first. */
export async function listOwn(place: OwnPlace): Promise<readonly Checkpoint[]> {
  const directory = ownDirectory(place.home, place.lab);
  const names = (await readdir(directory).catch(() => [])).filter((name) => !name.includes(unfinished));
  const found = await settleAll(names.map((name) => readCheckpoint(join(directory, name))));
  return found.filter((checkpoint) => checkpoint !== undefined).sort((a, b) => (a.takenAt < b.takenAt ? -1 : 1));
}

/** Throws `checkpoint-unknown` (usage) with the ones there are and the nearest. */
export async function findOwn(place: OwnPlace, name: string): Promise<Checkpoint> {
  const all = await listOwn(place);
  const found = all.find((checkpoint) => checkpoint.name === name);
  if (found !== undefined) return found;
  throw unknownCheckpoint(
    name,
    all.map((checkpoint) => checkpoint.name ?? ''),
  );
}

/** Throws as `findOwn`. */
export async function removeOwn(place: OwnPlace, name: string): Promise<void> {
  await removeCheckpoint((await findOwn(place, name)).folder);
}

function folderOf({ home, lab }: OwnPlace, name: string): string {
  return join(ownDirectory(home, lab), name);
}

function unknownCheckpoint(text: string, candidates: readonly string[]): LabError {
  const list = candidates.join(', ');
  return unknownName(
    'checkpoint-unknown',
    words(`There is no checkpoint "${text}".`, `Il n'y a pas de point de reprise « ${text} ».`),
    {
      text,
      candidates,
      all:
        candidates.length === 0
          ? words('This lab has none of its own yet: lab save NAME', "Ce lab n'en a pas encore : lab save NOM")
          : words(`This lab has: ${list}.`, `Ce lab a : ${list}.`),
    },
  );
}

function existsAlready(name: string): LabError {
  return new LabError(
    'checkpoint-exists',
    words(`There is a checkpoint "${name}" already.`, `Il y a déjà un point de reprise « ${name} ».`),
    {
      exit: exitStatus.usage,
      hint: words(
        'Choose another name: lab checkpoints lists them.',
        'Choisissez un autre nom : lab checkpoints en donne la liste.',
      ),
    },
  );
}
