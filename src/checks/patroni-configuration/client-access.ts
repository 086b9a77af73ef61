import { words } from '../../model/words.ts';
import { entryAt, textOf, textsOf, type ConfigurationEntry } from './configuration-entry.ts';
import {
  separating,
  silentlyWrong,
  type ConfigurationRule,
  type ConfigurationSetting,
  type FindingDraft,
} from './finding.ts';
import { isEverywhere, lineFor, parseHbaLine, type Caller, type HbaLine } from './hba-line.ts';
import { isLoopback, isWildcard, labNetwork, parseHostAndPort } from './host-and-port.ts';
import { peerMap } from './peer-map.ts';

/** Who is let in: pg_hba, as Patroni writes it. */
export const clientAccess: ConfigurationRule = (root, setting) => {
  const own = entryAt(root, 'postgresql');
  const shared = entryAt(root, 'bootstrap', 'dcs', 'postgresql');
  const elsewhere = [own, shared].some((section) => entryAt(section, 'parameters', 'hba_file'));
  if (own === undefined || elsewhere) return [];
  const list = entryAt(own, 'pg_hba') ?? entryAt(shared, 'pg_hba');
  if (list === undefined) return entryAt(root, 'bootstrap', 'pg_hba') === undefined ? [noList(own)] : [];
  const lines = textsOf(list).flatMap((text) => parseHbaLine(text) ?? []);
  if (list.kind !== 'list') return [notAList(list)];
  return [
    ...lines.flatMap((line) => tooOpen(line, labNetwork(setting.workshop))),
    ...shutOut(root, list, lines, setting),
    ...peerMap(root, lines, setting),
  ];
};

function noList(section: ConfigurationEntry): FindingDraft {
  return separating(
    'pg-hba-missing',
    section,
    words(
      "without a `pg_hba` list initdb's own stays: it trusts everybody on the node and lets no replica in",
      "sans liste `pg_hba`, celle d'initdb reste : elle fait confiance à tous sur le nœud et n'admet aucun réplica",
    ),
    words('Write the list under `postgresql.pg_hba`.', 'Écrivez la liste sous `postgresql.pg_hba`.'),
  );
}

function notAList(list: ConfigurationEntry): FindingDraft {
  return separating(
    'pg-hba-not-a-list',
    list,
    words('`pg_hba` has to be a list of lines', '`pg_hba` doit être une liste de lignes'),
    words(
      'Put each line behind a dash: `- local all all peer`.',
      'Mettez chaque ligne derrière un tiret : `- local all all peer`.',
    ),
  );
}

function tooOpen(line: HbaLine, network: string): readonly FindingDraft[] {
  if (!line.type.startsWith('host') || line.method === 'reject') return [];
  if (line.method === 'trust') {
    const cause = words(
      'trust over the network: whoever reaches the port gets in without a password',
      'trust sur le réseau : quiconque atteint le port entre sans mot de passe',
    );
    return [
      silentlyWrong(
        'pg-hba-trust',
        line,
        cause,
        words('Replace `trust` by `scram-sha-256`.', 'Remplacez `trust` par `scram-sha-256`.'),
      ),
    ];
  }
  if (!isEverywhere(line.address)) return [];
  const cause = words(
    `the line is open to every address (\`${line.address}\`), not only to the lab's network`,
    `la ligne est ouverte à toutes les adresses (\`${line.address}\`), pas seulement au réseau du lab`,
  );
  return [
    silentlyWrong(
      'pg-hba-open',
      line,
      cause,
      words(
        `Name the lab's network: \`${network}\`, with scram-sha-256.`,
        `Indiquez le réseau du lab : \`${network}\`, avec scram-sha-256.`,
      ),
    ),
  ];
}

/** Patroni's own comings and goings that no line lets in. */
function shutOut(
  root: ConfigurationEntry,
  at: ConfigurationEntry,
  lines: readonly HbaLine[],
  setting: ConfigurationSetting,
): readonly FindingDraft[] {
  const { workshop, node } = setting;
  const account = (key: string) =>
    textOf(entryAt(root, 'postgresql', 'authentication', key, 'username')) ?? workshop.values[`${key}_name`] ?? key;
  const refused = (caller: Caller) => (lineFor(lines, caller, workshop)?.method ?? 'reject') === 'reject';
  const others = workshop.nodes.filter((other) => other.member !== undefined && other.name !== node.name);
  const [superuser, replication, rewind] = [account('superuser'), account('replication'), account('rewind')];
  const network = labNetwork(workshop);
  const here = localAddress(root, node.address);
  const replica = others.find(({ address }) =>
    refused({ type: 'host', database: 'replication', user: replication, address }),
  );
  if (replica !== undefined) {
    const [en, fr] = [
      `${replication} from ${replica.name} (a replica)`,
      `${replication} depuis ${replica.name} (un réplica)`,
    ];
    return [shut('replication', at, `host replication ${replication} ${network} scram-sha-256`, en, fr)];
  }
  const socket = entryAt(root, 'postgresql', 'use_unix_socket')?.value === true;
  if (refused({ type: socket ? 'local' : 'host', database: 'postgres', user: superuser, address: here })) {
    const right = socket ? 'local all all peer map=workshop' : `host all all ${here}/32 scram-sha-256`;
    const from = socket ? words('through the socket', 'par la socket') : words(`from ${here}`, `depuis ${here}`);
    return [
      shut(
        'superuser',
        at,
        right,
        `${superuser} ${from.en} (Patroni itself)`,
        `${superuser} ${from.fr} (Patroni lui-même)`,
      ),
    ];
  }
  const rewinder = others.find(({ address }) => refused({ type: 'host', database: 'postgres', user: rewind, address }));
  const itself = refused({ type: 'host', database: 'replication', user: replication, address: here });
  return [
    ...(rewinder === undefined
      ? []
      : [
          shut(
            'rewind',
            at,
            `host all all ${network} scram-sha-256`,
            `${rewind} from ${rewinder.name} (pg_rewind)`,
            `${rewind} depuis ${rewinder.name} (pg_rewind)`,
          ),
        ]),
    ...(itself ? [shutToItself(at, replication, here)] : []),
  ];
}

function shutToItself(at: ConfigurationEntry, user: string, here: string): FindingDraft {
  const [en, fr] = [
    `${user} from ${here} (that is how Patroni asks its own PostgreSQL for the timeline)`,
    `${user} depuis ${here} (c'est ainsi que Patroni demande sa timeline à son propre PostgreSQL)`,
  ];
  return shut('local-replication', at, `host replication ${user} ${here}/32 scram-sha-256`, en, fr);
}

/** Where Patroni finds its own PostgreSQL over TCP: localhost when PostgreSQL listens there, else the first address. */
function localAddress(root: ConfigurationEntry, fallback: string): string {
  const { host } = parseHostAndPort(textOf(entryAt(root, 'postgresql', 'listen')) ?? '');
  const hosts = host.split(',').map((one) => one.trim());
  return hosts.some((one) => isLoopback(one) || isWildcard(one)) ? '127.0.0.1' : fallback;
}

function shut(who: string, at: ConfigurationEntry, line: string, en: string, fr: string): FindingDraft {
  const make = who === 'replication' || who === 'superuser' ? separating : silentlyWrong;
  return make(
    `pg-hba-no-${who}`,
    at,
    words(`no line of \`pg_hba\` lets ${en} in`, `aucune ligne de \`pg_hba\` n'admet ${fr}`),
    words(`Add \`- ${line}\`.`, `Ajoutez \`- ${line}\`.`),
  );
}
