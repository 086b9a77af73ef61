import { expect, test } from 'vitest';
import { chapterId, editionName, labName, nodeName } from '../../src/model/ids.ts';
import { type LabStatus } from '../../src/model/lab-status.ts';
import { renderStatus } from '../../src/ui/render-status.ts';
import { paper } from './paper.ts';

const status: LabStatus = {
  lab: labName('main'),
  edition: editionName('trixie'),
  chapter: { id: chapterId(8), state: 'open' },
  nodes: [],
  etcd: null,
  patroni: null,
  haproxy: null,
  certificates: null,
  faults: [],
  steps: [],
};

test('whose, for what, until when, for which names; one that has run out is marked', () => {
  const server = '/etc/etcd/tls/server.crt';
  const client = '/etc/patroni/tls/client.crt';
  const certificates: LabStatus['certificates'] = [
    {
      node: nodeName('etcd1'),
      path: server,
      subject: 'O=lab main, OU=etcd1',
      names: ['etcd1', 'localhost', '10.0.3.64', '127.0.0.1'],
      usages: ['server', 'client'],
      notBefore: new Date('2026-11-26T04:00:00Z'),
      notAfter: new Date('2027-11-26T04:00:00Z'),
      valid: true,
    },
    {
      node: nodeName('pg-patroni1'),
      path: client,
      subject: 'O=lab main, OU=pg-patroni1',
      names: [],
      usages: ['client'],
      notBefore: new Date('2026-11-11T04:00:00Z'),
      notAfter: new Date('2026-11-25T04:00:00Z'),
      valid: false,
    },
  ];
  const page = paper();
  renderStatus({ ...status, certificates }, page);
  expect(page.text()).toContain(`\
Certificates
    node         usages          valid                    names
  ✔ etcd1        server, client  2026-11-26 – 2027-11-26  etcd1 localhost 10.0.3.64 127.0.0.1
  ✘ pg-patroni1  client          2026-11-11 – 2026-11-25
`);
  const french = paper({ language: 'fr' });
  renderStatus({ ...status, certificates }, french);
  expect(french.text()).toContain('Certificats\n    nœud         usages          validité                 noms\n');
  const json = paper({ format: 'json' });
  renderStatus({ ...status, certificates }, json);
  expect((JSON.parse(json.text()) as { readonly certificates: unknown }).certificates).toEqual([
    {
      node: 'etcd1',
      path: server,
      subject: 'O=lab main, OU=etcd1',
      names: ['etcd1', 'localhost', '10.0.3.64', '127.0.0.1'],
      usages: ['server', 'client'],
      not_before: '2026-11-26T04:00:00.000Z',
      not_after: '2027-11-26T04:00:00.000Z',
      valid: true,
    },
    {
      node: 'pg-patroni1',
      path: client,
      subject: 'O=lab main, OU=pg-patroni1',
      names: [],
      usages: ['client'],
      not_before: '2026-11-11T04:00:00.000Z',
      not_after: '2026-11-25T04:00:00.000Z',
      valid: false,
    },
  ]);
});

test('a chapter with certificates before any is made: no table, and an empty list in json', () => {
  const page = paper();
  renderStatus({ ...status, certificates: [] }, page);
  expect(page.text()).not.toContain('Certificates');
  const json = paper({ format: 'json' });
  renderStatus({ ...status, certificates: [] }, json);
  expect(JSON.parse(json.text())).toMatchObject({ certificates: [] });
});
