import { words, type Words } from '../model/words.ts';
import { type HbaRule } from '../probes/postgres-hba.ts';

/** What a line of pg_hba.conf lets in that it should not; null when it is fine. The socket is the node's own affair. */
export function tooOpenRule(rule: HbaRule): Words | null {
  const place = `${rule.file}:${String(rule.line)}`;
  if (rule.error !== null)
    return words(`${place} can't be read: ${rule.error}`, `${place} est illisible : ${rule.error}`);
  if (rule.type === null || rule.type === 'local' || rule.method === 'reject') return null;
  const line = `\`${[rule.type, rule.databases.join(','), rule.users.join(','), addressOf(rule), rule.method].join(' ')}\``;
  if (rule.method === 'trust') {
    return words(
      `${place} ${line}: whoever comes from there gets in without a password`,
      `${place} ${line} : quiconque vient de là entre sans mot de passe`,
    );
  }
  if (!isEverywhere(rule)) return null;
  return words(
    `${place} ${line}: every address of the world may try`,
    `${place} ${line} : n'importe quelle adresse peut essayer`,
  );
}

/** `10.0.3.0/24`, `samenet`; empty for the socket. */
export function addressOf({ address, netmask }: HbaRule): string {
  if (address === null || netmask === null) return address ?? '';
  return `${address}/${String(maskLength(netmask))}`;
}

function maskLength(netmask: string): number {
  const hexadecimal = netmask.includes(':');
  const parts = netmask
    .split(hexadecimal ? ':' : '.')
    .map((part) => Number.parseInt(part === '' ? '0' : part, hexadecimal ? 16 : 10));
  return parts.map((part) => part.toString(2).replaceAll('0', '').length).reduce((sum, bits) => sum + bits, 0);
}

function isEverywhere({ address, netmask }: HbaRule): boolean {
  return address === 'all' || (netmask !== null && maskLength(netmask) === 0);
}
