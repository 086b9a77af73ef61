import { nearest } from '../../model/nearest.ts';
import { unknownParameters, type PostgresSetting } from '../../probes/postgres-settings.ts';
import { leavesOf, parametersPath, sectionAt, type Leaf, type Tree } from '../../model/configuration-tree.ts';
import { isInUse, sameValue, textOf } from './same-value.ts';

/** One thing in which the cluster's configuration is not what the chapter wants. */
export type Difference =
  /** Not there; `elsewhere`: the same key in another section; `resembling`: a misspelt one in the right section. */
  | {
      readonly kind: 'missing';
      readonly path: string;
      readonly wanted: string;
      readonly elsewhere: string | null;
      readonly resembling: string | null;
    }
  | { readonly kind: 'other-value'; readonly path: string; readonly wanted: string; readonly found: string }
  /** There, and PostgreSQL uses another value. */
  | {
      readonly kind: 'not-in-use';
      readonly name: string;
      readonly wanted: string;
      readonly found: string;
      readonly pendingRestart: boolean;
    }
  /** A parameter that PostgreSQL doesn't have: Patroni left it out. */
  | { readonly kind: 'unknown'; readonly path: string; readonly nearest: string | null };

const segmentMb = 16;

/** `wanted`: the chapter's `bootstrap.dcs`. `live`: GET /config. More than is wanted is nobody's business. */
export function differences(wanted: Tree, live: Tree, settings: readonly PostgresSetting[]): readonly Difference[] {
  const found = withKeptSize(live);
  const known = new Map(settings.map((setting) => [setting.name.toLowerCase(), setting]));
  const lacking = leavesOf(wanted).flatMap((leaf) => compareLeaf(leaf, found, wanted, known));
  const named = new Set(
    lacking.flatMap((difference) => (difference.kind === 'missing' ? [difference.resembling] : [])),
  );
  const strangers = unknownParameters(sectionAt(found, parametersPath), settings).filter((name) => !named.has(name));
  return [
    ...lacking,
    ...strangers.map((name): Difference => ({
      kind: 'unknown',
      path: [...parametersPath, name].join('.'),
      nearest: nearest(name, known.keys()) ?? null,
    })),
  ];
}

function compareLeaf(
  { section, key, value }: Leaf,
  live: Tree,
  wanted: Tree,
  known: ReadonlyMap<string, PostgresSetting>,
): readonly Difference[] {
  const path = [...section, key].join('.');
  const setting = section.join('.') === parametersPath.join('.') ? known.get(key.toLowerCase()) : undefined;
  const around = sectionAt(live, section);
  const found = around[key];
  if (found === undefined || found === null) {
    const strange = Object.keys(around).filter(
      (other) => !(other in sectionAt(wanted, section)) && !known.has(other.toLowerCase()),
    );
    const elsewhere = leavesOf(live).find((leaf) => leaf.key === key && leaf.section.join('.') !== section.join('.'));
    return [
      {
        kind: 'missing',
        path,
        wanted: textOf(value),
        elsewhere: elsewhere === undefined ? null : [...elsewhere.section, key].join('.'),
        resembling: resembling(key, strange),
      },
    ];
  }
  const same = setting === undefined ? textOf(found) === textOf(value) : sameValue(value, found, setting);
  if (!same) return [{ kind: 'other-value', path, wanted: textOf(value), found: textOf(found) }];
  if (setting === undefined || isInUse(value, setting)) return [];
  const inUse = `${setting.value}${setting.unit === null ? '' : ` × ${setting.unit}`}`;
  return [
    { kind: 'not-in-use', name: key, wanted: textOf(value), found: inUse, pendingRestart: setting.pendingRestart },
  ];
}

/** wal_keep_size was once wal_keep_segments, which is too far for a comparison of letters. */
function resembling(key: string, candidates: readonly string[]): string | null {
  const renamed =
    key === 'wal_keep_size' ? candidates.find((candidate) => candidate.startsWith('wal_keep_')) : undefined;
  return renamed ?? nearest(key, candidates) ?? null;
}

/** Patroni itself turns wal_keep_segments into wal_keep_size. */
function withKeptSize(live: Tree): Tree {
  const postgresql = sectionAt(live, ['postgresql']);
  const { wal_keep_segments: segments, ...parameters } = sectionAt(live, parametersPath);
  if (segments === undefined || 'wal_keep_size' in parameters) return live;
  return {
    ...live,
    postgresql: {
      ...postgresql,
      parameters: { ...parameters, wal_keep_size: `${String(Number(segments) * segmentMb)}MB` },
    },
  };
}
