import { type NodeDefinition } from '../../model/workshop.ts';
import { type HaproxyLine, type HaproxySection, linesOf, valueAfter } from '../../probes/haproxy-configuration.ts';
import { finding, type HaproxyConfigured, type HaproxyFinding, patroniPort } from './known-lines.ts';

/** Every member is a server of the section, under its own address, and Patroni is asked about it. */
export function serverFindings(
  { members, postgresqlPort }: HaproxyConfigured,
  back: HaproxySection,
  port: number,
): readonly HaproxyFinding[] {
  const servers = linesOf(back, 'server');
  const places = servers.map((line) => ({ line, member: memberOf(line, members) }));
  const findings = places.flatMap(({ line, member }) => [
    ...(member === undefined ? [unknownServer(line)] : []),
    ...portFindings(line, postgresqlPort),
    ...checkedFindings(line, back),
    ...(line.words.includes('backup') ? [backupServer(line, port)] : []),
  ]);
  const missing = members.filter((member) => !places.some((place) => place.member === member));
  const twice = places.filter(
    ({ member }, index) => member !== undefined && places.findIndex((place) => place.member === member) < index,
  );
  return [
    ...findings,
    ...twice.map(({ line }) =>
      finding(line, 'this server is there twice, under another name', 'ce serveur est là deux fois, sous un autre nom'),
    ),
    ...missing.map((member) => missingServer(back, member, port, postgresqlPort)),
  ];
}

function memberOf({ words }: HaproxyLine, members: readonly NodeDefinition[]): NodeDefinition | undefined {
  const host = (words[2] ?? '').replace(/:\d*$/, '');
  return members.find(({ name, address, aliases }) => [name as string, address, ...aliases].includes(host));
}

function unknownServer(line: HaproxyLine): HaproxyFinding {
  const host = (line.words[2] ?? '').replace(/:\d*$/, '');
  return finding(line, `${host} is no member of the cluster`, `${host} n'est pas un membre du cluster`);
}

function portFindings(line: HaproxyLine, wanted: string): readonly HaproxyFinding[] {
  const port = /:(\d+)$/.exec(line.words[2] ?? '')?.[1] ?? '';
  if (port === wanted) return [];
  return [
    finding(
      line,
      `PostgreSQL listens on ${wanted}, not on ${port === '' ? 'the port of the client' : port}`,
      `PostgreSQL écoute sur ${wanted}, et non sur ${port === '' ? 'le port du client' : port}`,
    ),
  ];
}

function checkedFindings(line: HaproxyLine, back: HaproxySection): readonly HaproxyFinding[] {
  const words = [...line.words, ...linesOf(back, 'default-server').flatMap((one) => one.words)];
  if (!words.includes('check')) {
    return [
      finding(
        line,
        'without `check` HAProxy asks nobody, and takes the server for good for ever',
        'sans `check`, HAProxy ne demande rien à personne et tient le serveur pour bon à jamais',
      ),
    ];
  }
  const asked = valueAfter(words, 'port');
  if (asked === patroniPort) return [];
  const where = asked ?? 'PostgreSQL';
  return [
    finding(
      line,
      `the check asks ${asked === undefined ? "PostgreSQL's own port" : `port ${where}`}; Patroni's REST API answers on ${patroniPort}: \`check port ${patroniPort}\``,
      `la vérification interroge ${asked === undefined ? 'le port de PostgreSQL' : `le port ${where}`} ; l'API REST de Patroni répond sur ${patroniPort} : \`check port ${patroniPort}\``,
    ),
  ];
}

function backupServer(line: HaproxyLine, port: number): HaproxyFinding {
  return finding(
    line,
    `\`backup\` is used only when no other server is left: on ${String(port)} every member has to be in`,
    `\`backup\` ne sert que lorsqu'il ne reste aucun autre serveur : sur ${String(port)}, tous les membres doivent y être`,
  );
}

function missingServer(back: HaproxySection, member: NodeDefinition, port: number, postgresql: string): HaproxyFinding {
  const name = member.member ?? member.name;
  const line = `server ${name} ${name}:${postgresql} check port ${patroniPort}`;
  return finding(
    back.head,
    `${name} is missing from this section: nobody on ${String(port)} of this proxy is ever sent to it. Add \`${line}\``,
    `${name} manque dans cette section : personne sur le port ${String(port)} de ce proxy n'y sera jamais envoyé. Ajoutez \`${line}\``,
  );
}
