// What a measurement's parts are called, for the terminal and for the report.

import {
  type Bound,
  type ClientsWay,
  type Layer,
  type LayerName,
  type RowsAccount,
  type SynchronousMode,
} from '../model/measurement.ts';
import { verbatim, type Words, words } from '../model/words.ts';

export function wayWords(way: ClientsWay): Words {
  return way === 'haproxy'
    ? words('through HAProxy', 'à travers HAProxy')
    : words('straight to the hosts', 'directement vers les hôtes');
}

export function modeWords(mode: SynchronousMode): Words {
  return {
    off: words('asynchronous replication', 'réplication asynchrone'),
    on: words('synchronous replication', 'réplication synchrone'),
    strict: words('synchronous replication, strict', 'réplication synchrone stricte'),
    quorum: words('synchronous replication by quorum', 'réplication synchrone par quorum'),
  }[mode];
}

export function layerWords({ layer, who }: Pick<Layer, 'layer' | 'who'>): Words {
  const name = who ?? '';
  const all: Readonly<Record<LayerName, Words>> = {
    fault: words(`the fault hits ${name}`, `la panne frappe ${name}`),
    'leader-key-gone': words(`the leader key of ${name} is gone`, `la clé du leader de ${name} a disparu`),
    'new-leader-key': words(`${name} has the leader key`, `${name} a la clé du leader`),
    promotion: words(`PostgreSQL of ${name} is promoted`, `PostgreSQL de ${name} est promu`),
    'haproxy-up': words(`HAProxy has it up (${name})`, `HAProxy le voit en marche (${name})`),
    healed: words(`${name} is healed`, `${name} est réparé`),
    'first-write': words('the first write is accepted', 'la première écriture est acceptée'),
  };
  return all[layer];
}

export function boundWords({ parts }: Bound): Words {
  const names: Readonly<Record<string, Words>> = {
    question: words('asking the lost member', 'question au membre perdu'),
    client: words('the clients’ patience', 'patience des clients'),
    'without etcd': words('without etcd', 'sans etcd'),
  };
  const list = (language: 'en' | 'fr'): string =>
    parts
      .map(
        ({ what, seconds }) => `${(names[what] ?? verbatim(what))[language]} ${String(Math.round(seconds * 10) / 10)}`,
      )
      .join(' + ');
  return words(list('en'), list('fr'));
}

export interface AccountLine {
  readonly title: Words;
  readonly count: number;
  /** `bad`: there should be none. */
  readonly weight: 'plain' | 'bad';
}

export function accountLines(rows: RowsAccount): readonly AccountLine[] {
  return [
    { title: words('acknowledged and there', 'confirmées et présentes'), count: rows.kept, weight: 'plain' },
    { title: words('acknowledged and LOST', 'confirmées et PERDUES'), count: rows.lost.length, weight: 'bad' },
    {
      title: words('not acknowledged, but there', 'non confirmées, mais présentes'),
      count: rows.recovered,
      weight: 'plain',
    },
    { title: words('not acknowledged, not there', 'non confirmées, absentes'), count: rows.refused, weight: 'plain' },
    { title: words('unexpected', 'inattendues'), count: rows.unexpected.length, weight: 'bad' },
  ];
}
