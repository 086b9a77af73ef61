import { checkId, type EditionName, editionName, nodeName } from '../model/ids.ts';
import { type Catch, type Change, type Undo, type WrongState } from '../model/wrong-state.ts';
import { mistakesFileSchema, type ChangeEntry, type MistakeEntry } from './mistakes-schema.ts';
import { type Part } from './part.ts';
import { parsePlace } from './places.ts';
import { type TargetSetting } from './targets.ts';

/** From a file in which checkMistakes found nothing wrong; none without a file. */
export function buildMistakes(
  file: Part | undefined,
  target: TargetSetting,
  defaultEdition: EditionName,
): readonly WrongState[] {
  if (file === undefined) return [];
  const change = (entry: ChangeEntry): Change => buildChange(entry, target);
  return mistakesFileSchema.parse(file.value).mistakes.map((entry) => ({
    id: entry.id,
    what: entry.what,
    editions: entry.editions?.map(editionName) ?? [defaultEdition],
    make: entry.make.map(change),
    undo: buildUndo(entry.undo ?? [], change),
    caught: entry.caught.map(buildCatch),
    also: (entry.also ?? []).map(checkId),
  }));
}

function buildUndo(undo: NonNullable<MistakeEntry['undo']>, change: (entry: ChangeEntry) => Change): Undo {
  return typeof undo === 'string' ? { kind: undo } : { kind: 'changes', changes: undo.map(change) };
}

function buildChange(entry: ChangeEntry, target: TargetSetting): Change {
  const on = parsePlace(entry.on, target);
  if (on === undefined) throw new Error(`an unknown place was not refused: ${entry.on}`);
  const { run, keep, fault, certificate, authority_key: path } = entry;
  if (fault !== undefined) return { kind: 'fault', on, fault };
  if (path !== undefined) return { kind: 'authority-key', on, path };
  if (certificate === undefined) return { kind: 'run', on, keep, script: run ?? '' };
  const { of, names, addresses, usages, valid_from: validFrom, valid_until: validUntil } = certificate;
  return { kind: 'certificate', on, certificate: { of, names, addresses, usages, validFrom, validUntil } };
}

function buildCatch({ check, on, cause }: MistakeEntry['caught'][number]): Catch {
  return { check: checkId(check), on: on === undefined ? undefined : placeOf(on), cause };
}

function placeOf(on: string): NonNullable<Catch['on']> {
  return on === 'leader' || on === 'replica' ? { role: on } : { node: nodeName(on) };
}
