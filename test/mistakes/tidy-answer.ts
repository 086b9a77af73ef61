// What is taken out of an answer before it is kept, and put in again when it is replayed. Passwords of the workshop become
// their names, base64 of etcd's gateway becomes text, and all times are moved by the same whole number of seconds, so
// that a session of recording begins at midnight: what lies between two instants stays as it was.

import { type Workshop } from '../../src/model/workshop.ts';
import { journalJson, journalText } from './journal-text.ts';

export interface Tidying {
  readonly values: Workshop['values'];
  /** Seconds that are added to every time. */
  readonly shift: number;
  /** Seconds since 1970, before they are moved: a number near it is taken for a time. */
  readonly near: number;
}

const farthestSeconds = 400 * 86_400;

/** Forward, for a certificate must not be looked at before it is valid: times inside one are not moved. */
export function shiftToMidnight(nowSeconds: number): number {
  return 86_400 - (Math.floor(nowSeconds) % 86_400);
}

export function tidy(text: string, tidying: Tidying): string {
  return moveTimes(withoutSecrets(withoutNoise(withoutBase64(text)), tidying.values), tidying);
}

/** Only what the program needs: texts again as base64, names again as passwords. Times stay where they are. */
export function untidy(text: string, values: Workshop['values']): string {
  const withSecrets = text.replaceAll(/«(\w+)»/g, (whole, name: string) => values[name] ?? whole);
  const journal = withSecrets.split('\n').map(journalJson).join('\n');
  return journal.replaceAll(
    /"(key|value|range_end|password)":base64\(("(?:[^"\\]|\\.)*")\)/g,
    (_, key: string, json: string) => `"${key}":"${Buffer.from(JSON.parse(json) as string).toString('base64')}"`,
  );
}

/** Of the ids that tell one run from another six digits are enough. */
function withoutNoise(text: string): string {
  const lines = text.includes('"__REALTIME_TIMESTAMP"') ? text.split('\n').map(journalText).join('\n') : text;
  return lines.replaceAll(/\b(_BOOT_ID|INVOCATION_ID|InvocationID|[bji])=([0-9a-f]{6})[0-9a-f]{26}\b/g, '$1=$2');
}

/** A key of etcd on a line of its own, so that a diff shows which one is another. */
function withoutBase64(text: string): string {
  const lines = text.replaceAll(/(?<!\n)(?=\{"key":"[^"]+",\s*"create_revision")/g, '\n');
  return lines.replaceAll(
    /"(key|value|range_end|password)":"([A-Za-z0-9+/]{4,}={0,2})"/g,
    (whole, key: string, base64: string) => {
      const plain = Buffer.from(base64, 'base64').toString('utf8');
      const same = Buffer.from(plain).toString('base64') === base64;
      return same && !/[^\t\n\x20-\x7e]/.test(plain) ? `"${key}":base64(${JSON.stringify(plain)})` : whole;
    },
  );
}

function withoutSecrets(text: string, values: Workshop['values']): string {
  const named = new Map(
    Object.entries(values)
      .filter(([key]) => key.endsWith('_password'))
      .toReversed()
      .map(([key, value]) => [value, key]),
  );
  return Array.from(named).reduce((said, [value, key]) => said.replaceAll(value, `«${key}»`), text);
}

const forms: readonly (readonly [RegExp, (tidying: Tidying, found: readonly string[]) => string | null])[] = [
  // 2026-12-01T02:57:00, with whatever follows.
  [
    /\b(20\d\d-\d\d-\d\d)([T ])(\d\d:\d\d:\d\d)/g,
    ({ shift }, [, date, between, time]) => {
      const moved = isoOf(Date.parse(`${date ?? ''}T${time ?? ''}Z`) / 1000 + shift);
      return moved === null ? null : `${moved.slice(0, 10)}${between ?? ''}${moved.slice(11, 19)}`;
    },
  ],
  // pgBackRest's labels: 20261201-025700F.
  [
    /(?<!\d)(20\d\d)(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)(?=[FDI])/g,
    ({ shift }, [, year, month, day, hour, minute, second]) => {
      const at = Date.parse(`${[year, month, day].join('-')}T${[hour, minute, second].join(':')}Z`) / 1000;
      const moved = isoOf(at + shift);
      return moved === null ? null : moved.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
    },
  ],
  // Seconds, milliseconds or microseconds since 1970.
  [
    /(?<![\d.])(1[789]\d{8})(\d{6}|\d{3})?(?!\d)/g,
    ({ shift, near }, [, seconds, rest = '']) =>
      Math.abs(Number(seconds) - near) > farthestSeconds ? null : `${Number(seconds) + shift}${rest}`,
  ],
];

function moveTimes(text: string, tidying: Tidying): string {
  return forms.reduce(
    (said, [form, move]) => said.replaceAll(form, (...found: string[]) => move(tidying, found) ?? found[0] ?? ''),
    text,
  );
}

function isoOf(seconds: number): string | null {
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : null;
}
