import { type SeatQuestion, type TlsFiles } from '../../../model/seat-question.ts';

export interface AskedOfCurl {
  readonly question: SeatQuestion;
  /** The text of the answer is not wanted. */
  readonly discards: boolean;
}

/** What curl would have besides its arguments. */
export interface CurlsPlace {
  /** Its standard input. */
  readonly input?: string;
  /** The root that its files are in, where it would run in a node; null: that can't be seen from here. */
  readonly root?: string | null;
}

/** curl waits for ever without `--max-time`; nobody here does. */
const defaultSeconds = 120;

interface Found {
  url?: string;
  body?: string;
  seconds: number;
  discards: boolean;
  readonly headers: Record<string, string>;
  readonly files: Record<string, string>;
}

/**
 * What these arguments of curl ask, where it is an HTTP question to an address, plain or with a node's certificate; null
 * where only curl itself can do it: certificates that are not looked at, names, other options.
 */
export function readQuestion(argv: readonly string[], place: CurlsPlace = {}): AskedOfCurl | null {
  const [program, ...words] = argv;
  if (program !== 'curl') return null;
  const found: Found = { seconds: defaultSeconds, discards: false, headers: {}, files: {} };
  const rest = words.values();
  for (const word of rest) {
    if (silent.has(word)) continue;
    if (/^https?:\/\/\d+\.\d+\.\d+\.\d+:\d+(?:\/|$)/.test(word) && found.url === undefined) {
      found.url = word;
      continue;
    }
    const value = rest.next().value;
    if (value === undefined || !takeOption(found, word, value, place)) return null;
  }
  const { url, body, headers, seconds, discards } = found;
  // Without --noproxy and --disable it depends on root's own settings what curl would do.
  if (url === undefined || !(seconds > 0) || !['--disable', '--noproxy'].every((word) => argv.includes(word)))
    return null;
  const tls = tlsFiles(found, place);
  if (url.startsWith('https:') ? tls === null : Object.keys(found.files).length > 0) return null;
  return { question: { url, headers, seconds, ...(body !== undefined && { body }), ...(tls && { tls }) }, discards };
}

/** Options without a value that change nothing about what is asked. */
const silent: ReadonlySet<string> = new Set(['--disable', '--silent', '--show-error']);

/** False: not understood. */
function takeOption(found: Found, option: string, value: string, { input }: CurlsPlace): boolean {
  switch (option) {
    case '--max-time':
      found.seconds = Number(value);
      return true;
    case '--data': {
      // Of what curl reads, it leaves out the ends of lines.
      const said = value === '@-' ? input?.replaceAll(/[\r\n\0]/g, '') : value;
      if (said === undefined || said.startsWith('@')) return false;
      found.body = said;
      return true;
    }
    case '--header':
      return (value === '@-' ? (input?.split(/\r?\n/) ?? ['']) : [value]).every((line) => takeHeader(found, line));
    case '--cacert':
    case '--cert':
    case '--key':
      found.files[option] = value;
      return true;
    case '--output':
      found.discards = true;
      return value === '/dev/null';
    default:
      return option === '--noproxy' && value === '*';
  }
}

function takeHeader({ headers }: Found, line: string): boolean {
  const [, name, text] = /^([\w-]+): (.*)$/.exec(line) ?? [];
  if (name === undefined || text === undefined) return false;
  headers[name] = text;
  return true;
}

/** null unless all three are given, by paths that don't depend on a working directory. */
function tlsFiles({ files }: Found, { root = null }: CurlsPlace): TlsFiles | null {
  const { '--cacert': authority, '--cert': certificate, '--key': key } = files;
  if (root === null || authority === undefined || certificate === undefined || key === undefined) return null;
  // curl takes what follows a colon after a certificate's name for the key's password.
  if (![authority, certificate, key].every((path) => /^\/[^:\\]+$/.test(path))) return null;
  return { root, authority, certificate, key };
}
