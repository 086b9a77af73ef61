import { expect, test } from 'vitest';
import { chapterId, editionName, labName, nodeName, stepId } from '../../src/model/ids.ts';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { words } from '../../src/model/words.ts';
import { renderStatus } from '../../src/ui/render-status.ts';
import { paper } from './paper.ts';

const status: LabStatus = {
  lab: labName('main'),
  edition: editionName('trixie'),
  chapter: { id: chapterId(2), state: 'open' },
  nodes: [
    { name: nodeName('etcd1'), state: 'running', address: '10.0.3.64' },
    { name: nodeName('etcd2'), state: 'frozen', address: '10.0.3.78' },
    { name: nodeName('pg-patroni1'), state: 'stopped', address: '10.0.3.141' },
  ],
  etcd: {
    healthy: 1,
    members: [
      { name: 'etcd1', healthy: true, leader: true },
      { name: 'etcd2', healthy: false, leader: false },
    ],
  },
  patroni: {
    scope: 'my-ha-cluster',
    leader: 'pg-1',
    members: [
      { name: 'pg-1', node: nodeName('pg-patroni1'), role: 'leader', state: 'running', timeline: 1, lagMb: null },
      { name: 'pg-2', node: null, role: 'sync_standby', state: 'start failed', timeline: null, lagMb: 2.5 },
      { name: 'pg-3', node: nodeName('pg-patroni3'), role: 'replica', state: 'streaming', timeline: 1, lagMb: 0 },
    ],
  },
  haproxy: null,
  certificates: null,
  faults: [],
  steps: [
    { id: stepId('install'), title: words('Install Patroni', 'Installer Patroni'), state: 'done' },
    { id: stepId('join'), title: words('pg-2 joins', 'pg-2 rejoint'), state: 'open' },
  ],
};

test('for people: nodes, members, who leads, and the steps of the chapter', () => {
  const page = paper();
  renderStatus(status, page);
  expect(page.text()).toBe(`\
Lab main · trixie · working on chapter-2

Nodes
  ● etcd1        10.0.3.64   running
  ◍ etcd2        10.0.3.78   frozen
  ○ pg-patroni1  10.0.3.141  stopped

etcd: 1 of 2 members healthy
  ✔ etcd1  leader
  ✘ etcd2  not healthy

Patroni my-ha-cluster: leader pg-1
    member  node         role          state         timeline  lag
  ✔ pg-1    pg-patroni1  leader        running       1
  ✘ pg-2                 sync standby  start failed            2.5 MB
  ✔ pg-3    pg-patroni3  replica       streaming     1         0 MB

Steps
  ✔ Install Patroni  install
  ○ pg-2 joins       join
`);
});

test('in French', () => {
  const page = paper({ language: 'fr' });
  renderStatus(status, page);
  expect(page.text()).toContain('  ◍ etcd2        10.0.3.78   gelé\n');
  expect(page.text()).toContain('2,5 Mo');
  expect(page.text()).toContain('etcd\u00a0: 1 membre sain sur 2\n');
});

test('a lab with nothing done shows what there is', () => {
  const page = paper();
  renderStatus(
    { ...status, chapter: null, etcd: null, patroni: null, steps: [], nodes: status.nodes.slice(0, 1) },
    page,
  );
  expect(page.text()).toBe('Lab main · trixie · nothing done yet\n\nNodes\n  ● etcd1  10.0.3.64  running\n');
});

test('a cluster without a leader says so', () => {
  const page = paper();
  renderStatus({ ...status, patroni: { scope: 'my-ha-cluster', leader: null, members: [] } }, page);
  expect(page.text()).toContain('Patroni my-ha-cluster: no leader\n');
});

test('json is the document of CLI.md', () => {
  const page = paper({ format: 'json' });
  renderStatus({ ...status, nodes: status.nodes.slice(0, 1), chapter: { id: chapterId(2), state: 'done' } }, page);
  const [first, second] = [
    { name: 'pg-1', node: 'pg-patroni1', role: 'leader', state: 'running', timeline: 1, lag_mb: null },
    { name: 'pg-2', node: null, role: 'sync_standby', state: 'start failed', timeline: null, lag_mb: 2.5 },
  ];
  expect(JSON.parse(page.text())).toEqual({
    lab: 'main',
    edition: 'trixie',
    chapter: { id: 'chapter-2', state: 'done' },
    nodes: [{ name: 'etcd1', state: 'running', address: '10.0.3.64' }],
    etcd: {
      healthy: 1,
      members: [
        { name: 'etcd1', healthy: true, leader: true },
        { name: 'etcd2', healthy: false, leader: false },
      ],
    },
    patroni: {
      scope: 'my-ha-cluster',
      leader: 'pg-1',
      members: [
        first,
        second,
        { name: 'pg-3', node: 'pg-patroni3', role: 'replica', state: 'streaming', timeline: 1, lag_mb: 0 },
      ],
    },
    haproxy: null,
    faults: [],
  });
});

test('json: parts that are not there yet are null', () => {
  const page = paper({ format: 'json' });
  renderStatus({ ...status, chapter: null, nodes: [], etcd: null, patroni: null }, page);
  expect(page.text()).toBe(
    '{"lab":"main","edition":"trixie","chapter":null,"nodes":[],"etcd":null,"patroni":null,"haproxy":null,"faults":[]}\n',
  );
});

test('injected faults are shown, with the way to remove them', () => {
  const faults: LabStatus['faults'] = [
    { fault: 'partition', nodes: [nodeName('etcd1'), nodeName('pg-patroni1')] },
    { fault: 'freeze', nodes: [nodeName('etcd2')] },
  ];
  const page = paper();
  renderStatus({ ...status, faults }, page);
  expect(page.text()).toContain(`\
Injected faults
  ✘ partition  etcd1 – pg-patroni1
  ✘ freeze     etcd2
  remove them: lab heal
`);
  const json = paper({ format: 'json' });
  renderStatus({ ...status, faults }, json);
  expect(JSON.parse(json.text())).toMatchObject({ faults });
});

test('what each proxy thinks of its servers, side by side', () => {
  const server = (backend: string, name: string, up: boolean) =>
    ({ backend, server: name, up, check: up ? 'L7OK 200' : 'L7STS 503', sessions: up ? 2 : 0 }) as const;
  const haproxy: LabStatus['haproxy'] = {
    proxies: [
      {
        node: nodeName('pg-patroni1'),
        answers: true,
        servers: [server('leader', 'pg-1', true), server('leader', 'pg-2', false), server('replicas', 'pg-2', true)],
      },
      {
        node: nodeName('pg-patroni2'),
        answers: true,
        servers: [server('leader', 'pg-1', true), server('leader', 'pg-2', true)],
      },
      { node: nodeName('pg-patroni3'), answers: false, servers: [] },
    ],
  };
  const page = paper();
  renderStatus({ ...status, haproxy }, page);
  expect(page.text()).toContain(`\
HAProxy: 2 of 3 proxies answer
    server         pg-patroni1       pg-patroni2  pg-patroni3
    leader/pg-1    up                up           silent
    leader/pg-2    down (L7STS 503)  up           silent
    replicas/pg-2  up                –            silent
`);
  const json = paper({ format: 'json' });
  renderStatus({ ...status, haproxy }, json);
  expect(JSON.parse(json.text())).toMatchObject({ haproxy });
});
