import { type PlainQuestion } from '../../../model/plain-question.ts';

export interface AskedOfCurl {
  readonly question: PlainQuestion;
  /** The text of the answer is not wanted. */
  readonly discards: boolean;
}

/** curl waits for ever without `--max-time`; nobody here does. */
const defaultSeconds = 120;

/**
 * What these arguments of curl ask, where it is a plain HTTP question to an address; null where only curl itself can do
 * it: certificates, names, other options.
 */
export function readQuestion(argv: readonly string[]): AskedOfCurl | null {
  const [program, ...words] = argv;
  if (program !== 'curl') return null;
  const headers: Record<string, string> = {};
  const found: { url?: string; body?: string; seconds: number; discards: boolean } = {
    seconds: defaultSeconds,
    discards: false,
  };
  const rest = words.values();
  for (const word of rest) {
    if (silent.has(word)) continue;
    if (/^http:\/\/\d+\.\d+\.\d+\.\d+:\d+(?:\/|$)/.test(word) && found.url === undefined) {
      found.url = word;
      continue;
    }
    const value = rest.next().value;
    if (value === undefined) return null;
    if (word === '--max-time') found.seconds = Number(value);
    else if (word === '--data' && !value.startsWith('@')) found.body = value;
    else if (word === '--header') {
      const [, name, text] = /^([\w-]+): (.*)$/.exec(value) ?? [];
      if (name === undefined || text === undefined) return null;
      headers[name] = text;
    } else if (word === '--output' && value === '/dev/null') found.discards = true;
    else if (word !== '--noproxy' || value !== '*') return null;
  }
  const { url, body, seconds, discards } = found;
  // Without --noproxy and --disable it depends on root's own settings what curl would do.
  if (url === undefined || !(seconds > 0) || !['--disable', '--noproxy'].every((word) => argv.includes(word)))
    return null;
  return { question: { url, headers, seconds, ...(body !== undefined && { body }) }, discards };
}

/** Options without a value that change nothing about what is asked. */
const silent: ReadonlySet<string> = new Set(['--disable', '--silent', '--show-error']);
