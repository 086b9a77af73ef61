import { type Words, words } from '../../model/words.ts';
import { haproxyConfigurationPath as path } from './known-lines.ts';

/**
 * Why HAProxy can't read its file: the lines of `haproxy -c` that are marked ALERT, and below each the line of the file
 * that it names (`[/etc/haproxy/haproxy.cfg:12] : …`, from 2.6 on).
 */
export function refusedLines(said: string, text: string): readonly Words[] {
  const lines = text.split('\n');
  const alerts = said.split('\n').flatMap((line): Words[] => {
    const [, message] = /\[ALERT\]\s+(?:\(\d+\) : )?(?:config : )?(.*)$/.exec(line) ?? [];
    if (message === undefined || /^(Error\(s\) found|Fatal errors found|Failed to initialize)/.test(message)) return [];
    return [explained(message, lines)];
  });
  return alerts.length > 0
    ? alerts
    : [words(`haproxy refuses the file: ${said.trim()}`, `haproxy refuse le fichier : ${said.trim()}`)];
}

function explained(message: string, lines: readonly string[]): Words {
  const [, number, what = message] = /\[[^\]]*:(\d+)\]\s*:?\s*(.*)$/.exec(message) ?? [];
  const place = number === undefined ? path : `${path}:${number} \`${(lines[Number(number) - 1] ?? '').trim()}\``;
  const name = unresolved(message);
  if (name !== null) {
    return words(
      `${place}: ${name} resolves to no address on this node, and HAProxy does not start with a name that it can't resolve: /etc/hosts needs it`,
      `${place} : ${name} ne donne aucune adresse sur ce nœud, et HAProxy ne démarre pas avec un nom qu'il ne résout pas : il le faut dans /etc/hosts`,
    );
  }
  return words(`${place}: HAProxy refuses it: ${what}`, `${place} : HAProxy le refuse : ${what}`);
}

/** The name in HAProxy's complaint; null when it complains of something else. */
function unresolved(message: string): string | null {
  return /could not resolve address '([^']+)'/.exec(message)?.[1] ?? null;
}
