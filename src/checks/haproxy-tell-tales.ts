// What HAProxy writes when it can't start; each line was seen with HAProxy 2.6.12 and 3.0.11.

import { words, type Words } from '../model/words.ts';
import { type TellTale } from './tell-tale.ts';

export const haproxyTellTales: readonly TellTale[] = [
  tell(
    /\[([^\]]+:\d+)\] : 'server ([^']+)' : could not resolve address '([^']+)'/,
    ([, where = '', server = '', name = '']) =>
      words(
        `${where}: the server ${server} has a name that this node can't resolve: HAProxy refuses to start until /etc/hosts has ${name}`,
        `${where} : le serveur ${server} porte un nom que ce nœud ne résout pas : HAProxy refuse de démarrer tant que ${name} n'est pas dans /etc/hosts`,
      ),
  ),
  tell(/parsing \[([^\]]+:\d+)\] : (.*)$/, ([, where = '', what = '']) =>
    words(`${where}: HAProxy can't read the line: ${what}`, `${where} : HAProxy ne peut pas lire la ligne : ${what}`),
  ),
  tell(/cannot bind socket \(Address already in use\).*?\[?([\d.:*]+:\d+)\]?/, ([, address = '']) =>
    words(
      `${address} is already taken by another program on this node: \`ss -ltnp\` names it`,
      `${address} est déjà pris par un autre programme de ce nœud : \`ss -ltnp\` le nomme`,
    ),
  ),
];

function tell(pattern: RegExp, cause: (match: RegExpExecArray) => Words): TellTale {
  return { unit: 'haproxy', pattern, cause };
}
