// HAProxy's part of `lab status`: a row a server, a column a proxy, so that a proxy that sees things differently stands out.

import { type HaproxyServer, type HaproxyStatus } from '../model/lab-status.ts';
import { words, type Language } from '../model/words.ts';
import { type Palette } from './colours.ts';
import { alignColumns } from './lay-out-text.ts';
import { say } from './say.ts';

export function haproxyTitle({ proxies }: HaproxyStatus, language: Language): string {
  const count = proxies.filter(({ answers }) => answers).length;
  const [answering, total] = [String(count), String(proxies.length)];
  return say(
    words(
      `HAProxy: ${answering} of ${total} proxies answer`,
      `HAProxy\u00a0: ${answering} ${count > 1 ? 'proxys répondent' : 'proxy répond'} sur ${total}`,
    ),
    language,
  );
}

export function haproxyLines(
  { proxies }: HaproxyStatus,
  { language, palette }: { readonly language: Language; readonly palette: Palette },
): string[] {
  const places = [...new Set(proxies.flatMap(({ servers }) => servers.map(place)))];
  const head = [say(words('  server', '  serveur'), language), ...proxies.map(({ node }) => node)];
  const silent = palette.red(say(words('silent', 'muet'), language));
  const rows = places.map((name) => [
    `  ${name}`,
    ...proxies.map(({ answers, servers }) => {
      if (!answers) return silent;
      const server = servers.find((one) => place(one) === name);
      return server === undefined ? '–' : state(server, { language, palette });
    }),
  ]);
  return alignColumns([head.map((title) => palette.dim(title)), ...rows]);
}

function place({ backend, server }: HaproxyServer): string {
  return `${backend}/${server}`;
}

/** A leader that is down among the replicas is no trouble: neither is red. */
function state({ up, check }: HaproxyServer, look: { readonly language: Language; readonly palette: Palette }): string {
  if (up) return look.palette.green(say(words('up', 'en service'), look.language));
  const why = check === null ? '' : ` (${check})`;
  return look.palette.dim(`${say(words('down', 'hors service'), look.language)}${why}`);
}
