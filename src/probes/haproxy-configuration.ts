// What stands in haproxy.cfg, section by section, each line with its number. Pure.

export interface HaproxyLine {
  readonly number: number;
  readonly text: string;
  readonly words: readonly string[];
}

export interface HaproxySection {
  /** `global`, `defaults`, `listen`, `frontend`, `backend` … */
  readonly kind: string;
  /** Empty for a section without a name. */
  readonly name: string;
  readonly head: HaproxyLine;
  readonly lines: readonly HaproxyLine[];
  /** Of the `defaults` section that it takes what it does not say from; the last one before it. */
  readonly inherited: readonly HaproxyLine[];
}

const kinds = ['global', 'defaults', 'listen', 'frontend', 'backend', 'peers', 'resolvers', 'userlist', 'program'];

export function parseHaproxyConfiguration(text: string): readonly HaproxySection[] {
  const sections: { kind: string; name: string; head: HaproxyLine; lines: HaproxyLine[]; inherited: HaproxyLine[] }[] =
    [];
  let defaults: HaproxyLine[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const bare = raw.replace(/(^|\s)#.*$/, '').trim();
    if (bare === '') continue;
    const line = { number: index + 1, text: raw.trim(), words: bare.split(/\s+/) };
    const [kind = '', name = ''] = line.words;
    if (kinds.includes(kind)) {
      const lines: HaproxyLine[] = [];
      if (kind === 'defaults') defaults = lines;
      sections.push({ kind, name, head: line, lines, inherited: kind === 'defaults' ? [] : defaults });
    } else sections.at(-1)?.lines.push(line);
  }
  return sections;
}

/** The lines that begin with these words: the section's own or, where it has none, the inherited ones. */
export function linesOf(section: HaproxySection, ...first: readonly string[]): readonly HaproxyLine[] {
  const begins = ({ words }: HaproxyLine): boolean => first.every((word, index) => words[index] === word);
  const own = section.lines.filter(begins);
  return own.length > 0 ? own : section.inherited.filter(begins);
}

/** Whoever takes connections on that port: `bind *:5432`, `bind 10.0.3.141:5432`. */
export function frontOf(sections: readonly HaproxySection[], port: number): HaproxySection | undefined {
  return sections.find(({ lines }) => lines.some((line) => bindsTo(line, port)));
}

function bindsTo({ words: [first, addresses = ''] }: HaproxyLine, port: number): boolean {
  return first === 'bind' && addresses.split(',').some((address) => address.endsWith(`:${String(port)}`));
}

/** Where it sends them: a `listen` section has its own servers, a `frontend` names a `backend`. */
export function backOf(sections: readonly HaproxySection[], front: HaproxySection): HaproxySection | undefined {
  if (front.kind === 'listen') return front;
  const name = linesOf(front, 'default_backend')[0]?.words[1];
  return sections.find((section) => section.kind === 'backend' && section.name === name);
}

/** The value behind a word: `port` of `server pg-1 pg-1:5434 check port 8008`. */
export function valueAfter(words: readonly string[], name: string): string | undefined {
  const at = words.indexOf(name);
  return at < 0 ? undefined : words[at + 1];
}

const units: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600, d: 86400 };

/** A time of HAProxy in seconds: a number alone means milliseconds. null: not a time. */
export function haproxySeconds(text: string): number | null {
  const [, number, unit = 'ms'] = /^(\d+)(us|ms|s|m|h|d)?$/.exec(text) ?? [];
  return number === undefined ? null : Number(number) * (units[unit] ?? 1);
}
