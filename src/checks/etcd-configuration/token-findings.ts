import { type EtcdSettings } from '../../probes/etcd-settings.ts';
import { found, nameOf, type Configured, type Finding } from './finding.ts';

const defaultToken = 'etcd-cluster';

/**
 * Members with different tokens form different clusters, even with the same list of members. Told to the one that
 * differs from the majority; to every one when there is none.
 */
export function tokenFindings(configured: Configured, others: ReadonlyMap<string, EtcdSettings>): readonly Finding[] {
  const own = tokenOf(configured.settings);
  const tokens = Array.from(others, ([node, settings]) => ({ node, token: tokenOf(settings) }));
  const different = tokens.filter(({ token }) => token !== own);
  const withMe = tokens.length - different.length + 1;
  if (different.length === 0 || withMe > different.length) return [];
  const spelling = nameOf('initial-cluster-token', configured);
  const setting = configured.settings.settings.get('initial-cluster-token');
  const list = different.map(({ node, token }) => `${node}: ${token}`).join(', ');
  return [
    found(
      setting?.origin ?? null,
      `${spelling} is ${own} here and differs on other nodes (${list}): members with different tokens form different clusters`,
      `${spelling} vaut ${own} ici et autre chose ailleurs (${list}) : des membres aux jetons différents forment des clusters différents`,
    ),
  ];
}

function tokenOf(settings: EtcdSettings): string {
  return settings.settings.get('initial-cluster-token')?.value ?? defaultToken;
}
