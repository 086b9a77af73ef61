// PostgreSQL's values written in different ways: 30min is 1800 s, 128MB is 8 segments of 16MB, on is true.

import { type PostgresSetting } from '../../probes/postgres-settings.ts';

/** Is what somebody wrote the value that PostgreSQL uses? */
export function isInUse(written: unknown, setting: PostgresSetting): boolean {
  return sameValue(written, setting.value, setting);
}

/** Do both mean the same for this parameter? A number without a unit is in the parameter's own unit. */
export function sameValue(
  one: unknown,
  other: unknown,
  { type, unit }: Pick<PostgresSetting, 'type' | 'unit'>,
): boolean {
  const [left, right] = [textOf(one), textOf(other)];
  if (left === right) return true;
  if (type === 'bool') return toBoolean(left) !== null && toBoolean(left) === toBoolean(right);
  if (type === 'string') return list(left) === list(right);
  if (type === 'enum') return enumValue(left) === enumValue(right);
  const [first, second] = [quantity(left, unit), quantity(right, unit)];
  return first !== null && first === second;
}

/** `30` and "30" are the same; lists and sections as JSON. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : JSON.stringify(value);
}

function toBoolean(text: string): boolean | null {
  if (/^(on|true|yes|1|t|y)$/i.test(text)) return true;
  return /^(off|false|no|0|f|n)$/i.test(text) ? false : null;
}

/** `a,b` and `a, b` are one list. */
function list(text: string): string {
  return text
    .split(',')
    .map((item) => item.trim())
    .join(',');
}

/** Old names of wal_level; on and true are both spellings of enums that have an `on`. */
function enumValue(text: string): string {
  const name = text.toLowerCase();
  if (['hot_standby', 'archive'].includes(name)) return 'replica';
  const boolean = toBoolean(name);
  return boolean === null ? name : String(boolean);
}

const bytes: Readonly<Record<string, number>> = { B: 1, kB: 1024, MB: 1024 ** 2, GB: 1024 ** 3, TB: 1024 ** 4 };
const microseconds: Readonly<Record<string, number>> = { us: 1, ms: 1000, s: 1e6, min: 60e6, h: 3600e6, d: 86_400e6 };

/** In the parameter's own unit, rounded as PostgreSQL does; null for what is no such quantity. */
function quantity(text: string, unit: string | null): number | null {
  const [, digits, suffix = ''] = /^(-?\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text) ?? [];
  if (digits === undefined) return null;
  const number = Number(digits);
  if (suffix === '') return number;
  const own = unitSize(unit);
  const size = bytes[suffix] ?? microseconds[suffix];
  if (own === null || size === undefined || suffix in bytes !== own.ofBytes) return null;
  return Math.round((number * size) / own.size);
}

/** `8kB`, `16MB`, `min`. */
function unitSize(unit: string | null): { readonly size: number; readonly ofBytes: boolean } | null {
  const [, count = '', name = ''] = /^(\d*)([A-Za-z]+)$/.exec(unit ?? '') ?? [];
  const size = bytes[name] ?? microseconds[name];
  return size === undefined ? null : { size: size * Number(count === '' ? 1 : count), ofBytes: name in bytes };
}
