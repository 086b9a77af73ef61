// What must not be read by those who look over a shoulder: the workshop's passwords, and private keys.

import { type Workshop } from './workshop.ts';

/** The one place that takes secrets out of what lab shows and keeps. */
export interface Redaction {
  /** Of what a program was given or said: a secret goes wherever it stands. */
  readonly said: (text: string) => string;
  /**
   * Of a sentence for a person, into which a program's words may have come. A password that is a common word (`secret`)
   * goes only where it stands as one, `password: secret`; "nothing secret" stays.
   */
  readonly told: (text: string) => string;
}

/** Every value of the workshop whose name ends in `_password`. */
export function workshopSecrets({ values }: Pick<Workshop, 'values'>): readonly string[] {
  return Object.entries(values).flatMap(([key, value]) => (key.endsWith('_password') ? [value] : []));
}

export function createRedaction(secrets: readonly string[]): Redaction {
  const given = secrets.filter((secret) => secret !== '');
  return {
    said: redactor(given, (secret) => secret.length < fewLetters),
    told: redactor(given, (secret) => secret.length < 6 || /^[a-z]{1,11}$/i.test(secret)),
  };
}

/** A password of three letters is in half of all words, and keeps nobody out. */
const fewLetters = 4;

const mark = '***';

/** Those that are `common` stand in words, paths and numbers that have nothing to do with them. */
function redactor(secrets: readonly string[], common: (secret: string) => boolean): (text: string) => string {
  const telling = secrets.filter((secret) => !common(secret)).flatMap(asWritten);
  const inPlace = secrets.filter(common).flatMap(asWritten);
  const patterns = [
    ...(telling.length === 0 ? [] : [anyOf(telling)]),
    ...(inPlace.length === 0 ? [] : [String.raw`(?<=[:=]\s?\\?["']?|password\s\\?["']?)${anyOf(inPlace)}(?!\w)`]),
  ];
  if (patterns.length === 0) return withoutKeys;
  const all = new RegExp(patterns.join('|'), 'g');
  return (text) => withoutKeys(text).replaceAll(all, mark);
}

/** As it is, and as JSON, SQL and etcd's gateway write it. */
function asWritten(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  return [secret, JSON.stringify(secret).slice(1, -1), secret.replaceAll("'", "''"), base64];
}

/** The longest first: of a password that begins with another one the rest would stay. */
function anyOf(texts: readonly string[]): string {
  const longestFirst = [...new Set(texts)].sort((one, other) => other.length - one.length);
  return `(?:${longestFirst.map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|')})`;
}

const label = '[A-Z0-9 ]*PRIVATE KEY-----';
/** Cut off at its end: all that follows. Cut off at its beginning: the lines of base64 before its end. */
const keys = new RegExp(
  String.raw`-----BEGIN ${label}[^]*?(?:-----END ${label}|(?![^]))|(?:^[ \t]*[\w+/=]+\r?\n){1,200}[ \t]*-----END ${label}`,
  'gm',
);

function withoutKeys(text: string): string {
  return text.includes('PRIVATE KEY-----') ? text.replaceAll(keys, `${mark} private key ${mark}`) : text;
}
