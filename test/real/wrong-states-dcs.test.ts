// What goes wrong between Patroni and etcd, made on a real cluster at the end of chapter 6: verify must name the cause.
// Each state is undone by hand: that costs seconds, where a reset would cost a minute.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catching, type Named } from './caught.ts';
import { realLab, removeLab } from './real-lab.ts';

interface WrongState {
  readonly name: string;
  /** Node and script; `host`: arguments of `lab`. */
  readonly make: readonly (readonly [string, string])[];
  readonly undo: readonly (readonly [string, string])[];
  readonly catches: readonly [Named, ...Named[]];
}

const configuration = '/etc/patroni/config.yml';
const patronictl = `patronictl -c ${configuration}`;
const keepFile = `cp -p ${configuration} /root/kept.yml`;
const fileBack = `cp -p /root/kept.yml ${configuration}; systemctl stop etcd-gateway 2>/dev/null || true`;
const apt = 'DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet --no-install-recommends';
const gateway = (endpoints: string): string =>
  `systemctl mask --quiet etcd; ${apt} update; ${apt} install etcd-server; systemd-run --quiet --unit=etcd-gateway /usr/bin/etcd gateway start --endpoints=${endpoints}`;
const everywhere = (script: string) =>
  ['pg-patroni1', 'pg-patroni2', 'pg-patroni3'].map((node) => [node, script] as const);
const section = (text: string): string =>
  `${keepFile}; sed -i '/^etcd3:/,/^$/c etcd3:\\n  ${text}\\n' ${configuration}`;
const prefix = '/service/my-ha-cluster/';
const etcd2Id = '$(etcdctl member list | grep 10.0.3.78:2380 | cut -d, -f1)';

const states: readonly WrongState[] = [
  {
    name: 'one etcd host only',
    make: [['pg-patroni2', section('host: 10.0.3.64:2379')]],
    undo: [['pg-patroni2', fileBack]],
    catches: [
      ['three-hosts-named', 'pg-patroni2', /config\.yml:\d+ `host: 10\.0\.3\.64:2379`[\s\S]*etcd2[\s\S]*etcd3/],
    ],
  },
  {
    name: 'a wrong host in the list',
    make: [['pg-patroni3', `${keepFile}; sed -i 's/10.0.3.78:2379/10.0.3.79:2379/' ${configuration}`]],
    undo: [['pg-patroni3', fileBack]],
    catches: [['three-hosts-named', 'pg-patroni3', /10\.0\.3\.79 is no member of etcd/]],
  },
  {
    name: 'a proxy where nobody is',
    make: [['pg-patroni3', section('proxy: http://127.0.0.1:23790')]],
    undo: [['pg-patroni3', fileBack]],
    catches: [['gateway-is-left', 'pg-patroni3', /config\.yml:\d+ `proxy: [\s\S]*no gateway of etcd runs there/]],
  },
  {
    name: 'a gateway that points to nobody',
    make: [['pg-patroni3', `${section('proxy: http://127.0.0.1:23790')}; ${gateway('10.0.3.99:2379')}`]],
    undo: [
      ['pg-patroni3', `${fileBack}; ${apt} purge etcd-server; systemctl unmask --quiet etcd; systemctl daemon-reload`],
    ],
    catches: [['gateway-is-left', 'pg-patroni3', /passes on to 10\.0\.3\.99:2379, where there is no member of etcd/]],
  },
  {
    name: 'a name missing in /etc/hosts',
    make: [['pg-patroni1', 'cp /etc/hosts /root/hosts; grep -v etcd3 /root/hosts > /etc/hosts']],
    undo: [['pg-patroni1', 'cat /root/hosts > /etc/hosts']],
    catches: [['names-resolve', 'pg-patroni1', /etcd3/]],
  },
  {
    name: 'failsafe_mode left on, and the cluster paused',
    make: [['pg-patroni1', `${patronictl} edit-config --force -s failsafe_mode=true; ${patronictl} pause`]],
    undo: [['pg-patroni1', `${patronictl} resume; ${patronictl} edit-config --force -s failsafe_mode=null`]],
    catches: [
      ['failsafe-is-off', null, /failsafe_mode was left on/],
      ['not-paused', null, /paus/],
    ],
  },
  {
    name: 'a member of etcd still frozen',
    make: [['host', 'fault freeze etcd3']],
    undo: [['host', 'heal']],
    catches: [['etcd-healthy', 'etcd3', /etcd3 is frozen/]],
  },
  {
    name: 'a member of etcd still stopped',
    make: [['etcd3', 'systemctl stop etcd']],
    undo: [['etcd3', 'systemctl start etcd']],
    catches: [['etcd-healthy', 'etcd3', /systemctl start etcd/]],
  },
  {
    name: 'the key initialize missing',
    make: [
      ...everywhere('systemctl stop patroni'),
      [
        'etcd1',
        `etcdctl get --print-value-only ${prefix}initialize > /root/initialize; etcdctl del ${prefix}initialize`,
      ],
    ],
    undo: [],
    catches: [['same-database', null, /initialize is missing in etcd/]],
  },
  {
    name: 'the key initialize of another cluster',
    make: [['etcd1', `etcdctl put ${prefix}initialize 4711`]],
    undo: [
      ['etcd1', `etcdctl put ${prefix}initialize "$(cat /root/initialize)"`],
      ...everywhere('systemctl start patroni'),
    ],
    catches: [['same-database', null, /initialize names another database, 4711/]],
  },
  {
    name: 'a member added and not started, then started with the state new',
    make: [
      ['etcd2', 'systemctl stop etcd; rm -rf /var/lib/etcd/default'],
      ['etcd1', `etcdctl member remove ${etcd2Id}`],
      [
        'etcd1',
        'until etcdctl member add etcd2 --learner --peer-urls=http://10.0.3.78:2380; do sleep 0.5; done; etcdctl member list',
      ],
    ],
    undo: [],
    catches: [['members-agree', 'etcd1', /was added, but has not been started yet/]],
  },
  {
    name: 'ETCD_INITIAL_CLUSTER_STATE=new on the member that was added',
    make: [['etcd2', "sed -i 's/STATE=existing/STATE=new/' /etc/default/etcd; systemctl start etcd"]],
    undo: [
      [
        'etcd2',
        "systemctl stop etcd; rm -rf /var/lib/etcd/default; sed -i 's/STATE=new/STATE=existing/' /etc/default/etcd; systemctl start etcd",
      ],
    ],
    catches: [['etcd2-replaced', 'etcd2', /etcd:\d+ `ETCD_INITIAL_CLUSTER_STATE=new`: etcd2 was added/]],
  },
  {
    name: 'a learner that was never promoted',
    make: [],
    undo: [['etcd1', `until etcdctl member promote ${etcd2Id}; do sleep 0.5; done`]],
    catches: [['members-agree', 'etcd1', /etcd2 is a learner without a vote: `etcdctl member promote/]],
  },
];

describe.each(['trixie'])('wrong states of the DCS on %s', (edition) => {
  const lab = realLab(`wrong-dcs-${edition}`, edition);

  beforeAll(() => lab.mustLab(['up', 'dcs']));
  afterAll(() => removeLab(lab));

  async function all(steps: WrongState['make']): Promise<void> {
    for (const [where, what] of steps) {
      if (where === 'host') await lab.mustLab(what.split(' '));
      else await lab.inNode(where, what);
    }
  }

  test('a second up changes nothing, and verify is quick', async () => {
    const again = await lab.mustLab(['up', 'dcs', '--format', 'json']);
    const finished = again.stdout.split('\n').filter((line) => line.includes('"item-finished"'));
    expect(finished.length).toBeGreaterThan(30);
    expect(finished.filter((line) => !line.includes('"unchanged"'))).toEqual([]);
    for (const chapter of ['etcd', 'patroni', 'failover', 'failback', 'replica', 'dcs']) {
      const { checks } = await lab.verify(chapter);
      expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    }
  });

  test.each(states.map((state) => [state.name, state] as const))('%s', async (_name, { make, undo, catches }) => {
    try {
      await all(make);
      await catching(lab, 'dcs')(...catches);
    } finally {
      await all(undo);
    }
  });

  test('all of it undone, every check passes', async () => {
    const verified = await lab.lab(['verify', 'dcs', '--wait', '60s']);
    expect(verified.exitStatus, verified.stdout).toBe(0);
  });
});
