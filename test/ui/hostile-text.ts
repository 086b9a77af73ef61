import fc from 'fast-check';

// What a student may put wherever a node says something.

const attacks = [
  '\u001b]0;owned\u0007',
  '\u001b[2J\u001b[H',
  '\u001b[32mgreen\u001b[0m',
  '\u001b[1A\u001b[2K',
  '\u009b31m',
  '\u001bP+q\u001b\\',
  '\r',
  '\u0008\u0008',
  '\u007f',
  '\u0000',
  '\u202egnp.exe',
  '\u2066',
  '\u200b',
  '\u2028',
  '\u0085',
  '\ud800',
  '\uffff',
  '\n[  1.0s] chapter-1/install  all well',
  '\n✔ All 99 checks passed',
  '\t',
  '\r\n',
  ']]><script>alert(1)</script>&"\'',
];

export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary', maxLength: 6 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('x'));

/** Names of our own that data is told apart by: no text of a node stands there. */
const ours: ReadonlySet<string> = new Set([
  'kind',
  'verdict',
  'role',
  'outcome',
  'severity',
  'item',
  'way',
  'synchronous',
  'layer',
  'usages',
  'takenAt',
]);

/** The same data with `text` at the end of every text in it. `spared`: more keys that are ours in this data. */
export function poisoned<T>(value: T, text: string, spared: readonly string[] = []): T {
  return poison(value, text, new Set([...ours, ...spared])) as T;
}

function poison(value: unknown, text: string, spared: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return value + text;
  if (Array.isArray(value)) return value.map((item) => poison(item, text, spared));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, spared.has(key) ? inner : poison(inner, text, spared)]),
  );
}
