import { type FaultName } from '../model/fault.ts';
import { type ScenarioName } from '../model/measurement.ts';
import { words, type Words } from '../model/words.ts';

/** A fault at a moment, under writing clients. This file is light: `lab --help` reads it. */
export interface Scenario {
  readonly name: ScenarioName;
  readonly describe: Words;
  /** null: `patronictl switchover`, which is no fault. */
  readonly fault: FaultName | null;
  /** `etcd-majority`: as many etcd members as it takes to lose the quorum, one after the other. */
  readonly hits: 'leader' | 'etcd-majority';
  /**
   * When it is over: writes are well again, and with `leader-change` somebody else leads. Without that, clients that found
   * another way to a leader that is about to go would pass for the end of it.
   */
  readonly endsWith: 'writes-back' | 'leader-change';
  /** Healed while the clients write on, and not after they have stopped: nothing else would bring the writes back. */
  readonly healsUnderWrites: boolean;
}

const plain = { hits: 'leader', endsWith: 'leader-change', healsUnderWrites: false } as const;

export const scenarios: readonly Scenario[] = [
  {
    ...plain,
    name: 'switchover',
    fault: null,
    describe: words(
      'the lead is handed over, as for maintenance (patronictl switchover)',
      'le rôle de leader est cédé, comme pour une maintenance (patronictl switchover)',
    ),
  },
  {
    ...plain,
    name: 'stop-patroni',
    fault: 'stop-patroni',
    describe: words(
      "the leader's Patroni is stopped in good order: the key is given back",
      'le Patroni du leader est arrêté proprement : la clé est rendue',
    ),
  },
  {
    ...plain,
    name: 'kill-node',
    fault: 'kill-node',
    describe: words(
      "the leader's node goes off: the key has to expire",
      "le nœud du leader s'éteint : la clé doit expirer",
    ),
  },
  {
    ...plain,
    name: 'freeze',
    fault: 'freeze',
    describe: words(
      "the leader's node stands still: its ports accept, and nobody answers",
      'le nœud du leader se fige : ses ports acceptent, mais personne ne répond',
    ),
  },
  {
    ...plain,
    name: 'kill-postgres',
    fault: 'kill-postgres',
    // Patroni starts it again in its place.
    endsWith: 'writes-back',
    describe: words(
      "the leader's PostgreSQL is killed: Patroni starts it again, or hands over",
      'le PostgreSQL du leader est tué : Patroni le redémarre, ou cède la place',
    ),
  },
  {
    ...plain,
    name: 'kill-patroni',
    fault: 'kill-patroni',
    describe: words(
      'only Patroni is killed: its PostgreSQL goes on taking writes while another one is promoted',
      'seul Patroni est tué : son PostgreSQL accepte toujours des écritures pendant qu’un autre est promu',
    ),
  },
  {
    ...plain,
    name: 'partition-leader',
    fault: 'partition',
    describe: words(
      'the leader is cut off from all other nodes, and its clients still reach it: asynchronous replication loses what it takes',
      "le leader est coupé de tous les autres nœuds, mais ses clients l'atteignent encore : la réplication asynchrone perd ce qu'il accepte",
    ),
  },
  {
    ...plain,
    name: 'dcs-loss',
    fault: 'freeze',
    hits: 'etcd-majority',
    endsWith: 'writes-back',
    healsUnderWrites: true,
    describe: words(
      'etcd loses its quorum, then gets it back: without it nobody may lead',
      'etcd perd son quorum, puis le retrouve : sans lui, personne ne peut être leader',
    ),
  },
];

export function scenarioNamed(name: ScenarioName): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  return found;
}
