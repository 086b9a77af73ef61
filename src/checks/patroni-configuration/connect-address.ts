import { words, type Words } from '../../model/words.ts';
import { type ConfigurationEntry } from './configuration-entry.ts';
import { separating, silentlyWrong, type ConfigurationSetting, type FindingDraft } from './finding.ts';
import { isLoopback, isWildcard, nodeCalled, parseHostAndPort } from './host-and-port.ts';

/**
 * An address that a member tells the others: it has to be the node's own, as seen from elsewhere. `section`: `restapi`
 * or `postgresql`; `defaultPort` is what Patroni takes when none is written.
 */
export function connectAddressFindings(
  entry: ConfigurationEntry,
  found: string,
  setting: ConfigurationSetting,
  wanted: { readonly section: string; readonly port: string; readonly defaultPort: string },
): readonly FindingDraft[] {
  const { host, port } = parseHostAndPort(found);
  const right = `${setting.node.address}:${wanted.port}`;
  const hint = words(`Write \`connect_address: ${right}\`.`, `Écrivez \`connect_address: ${right}\`.`);
  // The REST API's address is for other members' questions; PostgreSQL's is where replicas come to.
  const make = wanted.section === 'postgresql' ? separating : silentlyWrong;
  const wrong = hostMistake(host, setting, entry.path);
  const findings =
    wrong === null ? [] : [make(`${wanted.section}-connect-address-${wrong.kind}`, entry, wrong.cause, hint)];
  if ((port ?? wanted.defaultPort) === wanted.port) return findings;
  const cause = words(
    `the port is ${port ?? wanted.defaultPort}; the workshop's is ${wanted.port}`,
    `le port est ${port ?? wanted.defaultPort} ; celui de l'atelier est ${wanted.port}`,
  );
  return [...findings, separating(`${wanted.section}-port`, entry, cause, hint)];
}

interface HostMistake {
  readonly kind: 'loopback' | 'wildcard' | 'foreign' | 'unknown';
  readonly cause: Words;
}

function hostMistake(host: string, { node, workshop }: ConfigurationSetting, path: string): HostMistake | null {
  if (isLoopback(host)) {
    return {
      kind: 'loopback',
      cause: words(
        `\`${path}\` is what the others use to reach this node, and for each of them ${host} is itself`,
        `les autres joignent ce nœud par \`${path}\`, et pour chacun d'eux ${host} est lui-même`,
      ),
    };
  }
  if (isWildcard(host)) {
    return {
      kind: 'wildcard',
      cause: words(
        `\`${path}\` is what the others use to reach this node, and this is no address that one can connect to`,
        `les autres joignent ce nœud par \`${path}\`, et ce n'est pas une adresse à laquelle on se connecte`,
      ),
    };
  }
  const meant = nodeCalled(workshop, host);
  if (meant?.name === node.name) return null;
  if (meant === undefined) {
    return {
      kind: 'unknown',
      cause: words(`no node of the lab has the address ${host}`, `aucun nœud du lab n'a l'adresse ${host}`),
    };
  }
  return {
    kind: 'foreign',
    cause: words(
      `${host} is ${meant.name}; this is ${node.name}`,
      `${host} désigne ${meant.name} ; ce nœud est ${node.name}`,
    ),
  };
}
