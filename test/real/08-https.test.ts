// What goes wrong with certificates, https and users, made on a real cluster at the end of chapter 8: verify must name it. States that don't hide one another are looked at together.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CertificateRequest } from '../../src/pki/authority.ts';
import { type Catch, caught } from './caught.ts';
import { deleteByHand, realLab, removeLab, testHome } from './real-lab.ts';
import { clientFiles, memberFiles, putInNode, signForNode } from './sign-for-node.ts';

const dayMs = 86_400_000;
const patroniFile = '/etc/patroni/config.yml';

interface State {
  readonly node: string;
  /** The file or folder that is put back afterwards. */
  readonly kept: string;
  readonly make: () => Promise<unknown>;
  readonly check: string;
  readonly cause: RegExp;
}

describe('etcd over https on trixie', () => {
  const lab = realLab('https-trixie');
  beforeAll(() => lab.mustLab(['up', 'https']));
  afterAll(() => removeLab(lab));

  const inMember = (change: Partial<CertificateRequest>, cause: RegExp): State => ({
    node: 'etcd1',
    kept: '/etc/etcd/tls',
    make: () => signForNode(lab, ['etcd1', memberFiles], change),
    check: 'member-certificates',
    cause,
  });
  const inClient = (node: string, change: Partial<CertificateRequest>, cause: RegExp): State => ({
    node,
    kept: '/etc/patroni/tls',
    make: () => signForNode(lab, [node, clientFiles], change),
    check: 'client-certificates',
    cause,
  });
  const byShell = (
    node: string,
    [kept, script]: readonly [string, string],
    [check, cause]: readonly [string, RegExp],
  ): State => ({ node, kept, make: () => lab.inNode(node, script), check, cause });
  const inSettings = (node: string, edit: string, caughtBy: readonly [string, RegExp]): State =>
    byShell(node, ['/etc/default/etcd', `sed -i -E '${edit}' /etc/default/etcd`], caughtBy);

  const selfSigned = (subject: string, place: string): string =>
    `openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj ${subject} -keyout ${place}.key -out ${place}.crt`;
  const names = '-addext subjectAltName=DNS:etcd1,DNS:localhost,IP:10.0.3.64,IP:127.0.0.1';
  const usages = '-addext keyUsage=digitalSignature -addext extendedKeyUsage=serverAuth,clientAuth';

  const rounds: readonly (readonly [string, readonly State[]])[] = [
    [
      'without 127.0.0.1, run out, not valid yet',
      [
        inMember({ addresses: ['10.0.3.64'] }, /not made out to IP:127\.0\.0\.1/),
        inClient('pg-patroni2', { notAfter: new Date(Date.now() - 3_600_000) }, /has run out/),
        inClient('pg-patroni3', { notBefore: new Date(Date.now() + dayMs) }, /not valid yet/),
      ],
    ],
    [
      'without clientAuth, a key that all can read, Patroni still on http',
      [
        inMember({ usages: ['server'] }, /lacks the usage clientAuth/),
        byShell(
          'etcd2',
          ['/etc/etcd/tls', `chmod 644 ${memberFiles}.key`],
          ['member-certificates', /can be read by everybody/],
        ),
        byShell(
          'pg-patroni3',
          [patroniFile, `sed -i '/^  protocol: https/d' ${patroniFile}`],
          ['patroni-says-https', /Patroni still speaks http/],
        ),
      ],
    ],
    [
      "a wrong name, a key that etcd can't read, a client's common name",
      [
        inMember({ names: ['etcd9', 'localhost'] }, /not made out to DNS:etcd1/),
        byShell(
          'etcd2',
          ['/etc/etcd/tls', `chown root: ${memberFiles}.key`],
          ['member-certificates', /can't be read by etcd/],
        ),
        byShell(
          'pg-patroni3',
          ['/etc/patroni/tls', `${selfSigned('/CN=pg-3', clientFiles)}; chown postgres: ${clientFiles}.*`],
          ['patroni-account', /has a common name \(pg-3\)/],
        ),
      ],
    ],
    [
      'another authority, without key encipherment',
      [
        byShell(
          'etcd1',
          ['/etc/etcd/tls', `${selfSigned('/O=other', memberFiles)} ${names} ${usages}; chown etcd: ${memberFiles}.*`],
          ['member-certificates', /another authority \("O=other"\)[\s\S]*key encipherment/],
        ),
      ],
    ],
    [
      'http in lists of addresses, certificate files with http addresses',
      [
        inSettings('etcd1', 's/^(ETCD_LISTEN_CLIENT_URLS=)/\\1http:\\/\\/127.0.0.1:2378,/', [
          'all-serve-https',
          /2378 is still http/,
        ]),
        inSettings('etcd2', '/^ETCD_LISTEN_PEER/ s/https:/http:/', ['peers-over-https', /leaves it unused/]),
        inSettings('etcd3', '/^ETCD_(LISTEN|ADVERTISE)_CLIENT/ s/https:/http:/g', [
          'all-serve-https',
          /has a certificate .* leaves it unused/,
        ]),
      ],
    ],
    [
      'client-cert-auth off',
      [
        inSettings('etcd1', 's/^ETCD_CLIENT_CERT_AUTH=true/ETCD_CLIENT_CERT_AUTH=false/', [
          'certificate-asked-for',
          /CLIENT_CERT_AUTH is not true/,
        ]),
      ],
    ],
  ];
  test.each(rounds)('%s', async (_what, states) => {
    try {
      for (const { node, kept, make } of states) {
        await lab.inNode(node, `cp -a ${kept} /root/kept`);
        await make();
      }
      const catches = states.map(({ node, check, cause }): Catch => ({ chapter: 'https', check, node, cause }));
      await caught(lab, ...(catches as [Catch, ...Catch[]]));
    } finally {
      for (const { node, kept } of states)
        await lab.inNode(node, `if [ -e /root/kept ]; then rm -rf ${kept}; mv /root/kept ${kept}; fi`);
    }
  });

  test("the authority's key on a node, anonymous access, a role wider than its prefix", async () => {
    const users = (cause: RegExp): Catch => ({ chapter: 'https', check: 'users-only', node: 'etcd1', cause });
    const trusted = await lab.inNode('etcd2', 'openssl x509 -in /etc/etcd/tls/ca.crt -noout -fingerprint -sha256');
    const name = (trusted.split('=')[1] ?? '').trim().replaceAll(':', '').toLowerCase();
    const key = await readFile(join(testHome(), 'authorities', `${name}.pem`), 'utf8');
    const etcdctl =
      'etcdctl --endpoints=https://10.0.3.64:2379 --cacert=/etc/etcd/tls/ca.crt --cert=/etc/etcd/tls/server.crt --key=/etc/etcd/tls/server.key --user=root:secret';
    await putInNode(lab, 'etcd2', '/root/ca.key', key);
    await lab.inNode('etcd1', `${etcdctl} auth disable`);
    const cause = /\/root\/ca\.key on etcd2 is the authority's private key/;
    const found: Catch = { chapter: 'https', check: 'no-authority-key-on-members', node: 'etcd2', cause };
    await caught(lab, found, users(/authentication is off/));
    await lab.inNode('etcd2', 'rm -f /root/ca.key');
    await lab.inNode('etcd1', `${etcdctl} role grant-permission patroni --prefix=true read /; ${etcdctl} auth enable`);
    await caught(lab, users(/gives patroni more than its own keys/));
    await lab.inNode('etcd1', `${etcdctl} role revoke-permission patroni --prefix=true /`);
    const { checks } = await lab.verify('https');
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });

  test('an etcd member and a replica deleted by hand are made again as this chapter has them', async () => {
    await deleteByHand(lab, 'etcd2');
    await deleteByHand(lab, 'pg-patroni3');
    const before = await lab.inNode('etcd1', 'cat /etc/default/etcd');
    await lab.mustLab(['up', 'https']);
    await lab.passes('https');
    await lab.passes('replica');
    expect(await lab.inNode('etcd1', 'cat /etc/default/etcd')).toBe(before);
  });

  test('a leader deleted by hand: another one leads, and the node is made again as a replica', async () => {
    await deleteByHand(lab, 'pg-patroni1');
    await lab.mustLab(['up', 'https']);
    await lab.passes('https');
  });
});
