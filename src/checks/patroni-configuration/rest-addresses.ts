import { words } from '../../model/words.ts';
import { entryAt, textOf } from './configuration-entry.ts';
import { connectAddressFindings } from './connect-address.ts';
import { blocking, separating, silentlyWrong, type ConfigurationRule } from './finding.ts';
import { isWildcard, nodeCalled, parseHostAndPort } from './host-and-port.ts';

/** The workshop's port of Patroni's REST API, which is Patroni's own default. */
const restPort = '8008';

/** restapi.listen and restapi.connect_address. */
export const restAddresses: ConfigurationRule = (root, setting) => {
  const section = entryAt(root, 'restapi');
  const listen = entryAt(section, 'listen');
  const connect = entryAt(section, 'connect_address');
  const listened = textOf(listen);
  if (section === undefined || listen === undefined || listened === undefined) {
    return [
      blocking(
        'restapi-listen-missing',
        section ?? root,
        words('Patroni is not told where its REST API listens', 'Patroni ne sait pas où écouter avec son API REST'),
        words('Write `listen: 0.0.0.0:8008` under `restapi:`.', 'Écrivez `listen: 0.0.0.0:8008` sous `restapi:`.'),
      ),
    ];
  }
  const told = textOf(connect);
  const { host } = parseHostAndPort(listened);
  return [
    ...listenFindings(listen, listened, setting),
    ...(connect !== undefined && told !== undefined
      ? connectAddressFindings(connect, told, setting, { section: 'restapi', port: restPort, defaultPort: restPort })
      : isWildcard(host)
        ? [missingConnectAddress(section, setting.node.address)]
        : []),
  ];
};

function missingConnectAddress(section: { readonly line: number }, address: string) {
  const right = `connect_address: ${address}:${restPort}`;
  return silentlyWrong(
    'restapi-connect-address-missing',
    section,
    words(
      'the others are not told how to reach this REST API',
      'les autres ne savent pas comment joindre cette API REST',
    ),
    words(`Write \`${right}\` under \`restapi:\`.`, `Écrivez \`${right}\` sous \`restapi:\`.`),
  );
}

function listenFindings(
  listen: { readonly line: number },
  listened: string,
  setting: Parameters<ConfigurationRule>[1],
) {
  const { host, port } = parseHostAndPort(listened);
  const right = words(`Write \`listen: 0.0.0.0:${restPort}\`.`, `Écrivez \`listen: 0.0.0.0:${restPort}\`.`);
  const own = isWildcard(host) || nodeCalled(setting.workshop, host)?.name === setting.node.name;
  return [
    ...(own
      ? []
      : [
          separating(
            'restapi-listen-not-reachable',
            listen,
            words(
              `the REST API listens on ${host}, where the other nodes can't reach it`,
              `l'API REST écoute sur ${host}, où les autres nœuds ne peuvent pas la joindre`,
            ),
            right,
          ),
        ]),
    ...((port ?? restPort) === restPort
      ? []
      : [
          separating(
            'restapi-port',
            listen,
            words(
              `the REST API listens on port ${port ?? ''}; the workshop's is ${restPort}`,
              `l'API REST écoute sur le port ${port ?? ''} ; celui de l'atelier est ${restPort}`,
            ),
            right,
          ),
        ]),
  ];
}
