// What goes wrong with certificates, https and users, made on a real cluster at the end of chapter 8: verify must name it.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labName } from '../../src/model/ids.ts';
import { openAuthorities } from '../../src/pki/open-authorities.ts';
import { type CertificateRequest } from '../../src/pki/authority.ts';
import { caught } from './caught.ts';
import { realLab, removeLab, testHome } from './real-lab.ts';

const dayMs = 86_400_000;
const member = '/etc/etcd/tls/server';
const client = '/etc/patroni/tls/client';

describe.each(['trixie'])('wrong states of https on %s', (edition) => {
  const lab = realLab(`https-wrong-${edition}`, edition);
  beforeAll(() => lab.mustLab(['up', 'https']));
  afterAll(() => removeLab(lab));

  /** A certificate of the lab's authority for etcd1, right but for what `change` says, put into its place. */
  async function sign(change: Partial<CertificateRequest>, node = 'etcd1', place = member): Promise<void> {
    const trusted = await lab.inNode(node, `cat ${place.replace(/[^/]+$/, '')}ca.crt`);
    const authorities = openAuthorities(join(testHome(), 'authorities'), labName(lab.name), () => new Date());
    const authority = await authorities.withCertificate(trusted);
    if (authority === null) throw new Error('the authority of the nodes is not in this home');
    const now = Date.now();
    const { certificate, key } = await authority.issue({
      unit: node,
      names: [node, 'localhost'],
      addresses: ['10.0.3.64', '127.0.0.1'],
      usages: ['server', 'client'],
      notBefore: new Date(now - dayMs),
      notAfter: new Date(now + 300 * dayMs),
      ...change,
    });
    await put(node, `${place}.key`, key);
    await put(node, `${place}.crt`, certificate);
  }
  /** Keeps owner and mode. */
  const put = (node: string, path: string, text: string): Promise<string> =>
    lab.inNode(node, `cat > ${path} <<'END'\n${text}END`);

  /** Puts the files of a folder back as they were, whatever came of the test. */
  async function during(node: string, folder: string, work: () => Promise<void>): Promise<void> {
    await lab.inNode(node, `cp -a ${folder} ${folder}.kept`);
    try {
      await work();
    } finally {
      await lab.inNode(node, `rm -rf ${folder}; mv ${folder}.kept ${folder}`);
    }
  }

  const right = (cause: RegExp, check = 'member-certificates', node = 'etcd1'): Promise<void> =>
    caught(lab, { chapter: 'https', check, node, cause });

  const cases: readonly (readonly [string, Partial<CertificateRequest>, RegExp])[] = [
    ['without 127.0.0.1', { addresses: ['10.0.3.64'] }, /not made out to IP:127\.0\.0\.1/],
    ['without clientAuth', { usages: ['server'] }, /lacks the usage clientAuth/],
    ['with a wrong name', { names: ['etcd9', 'localhost'] }, /not made out to DNS:etcd1/],
    ['that has run out', { notAfter: new Date(Date.now() - 3_600_000) }, /has run out/],
    ['that is not valid yet', { notBefore: new Date(Date.now() + dayMs) }, /not valid yet/],
  ];
  test.each(cases)('a certificate %s', async (_what, change, cause) => {
    await during('etcd1', '/etc/etcd/tls', async () => {
      await sign(change);
      await right(cause);
    });
  });

  test('a certificate of another authority, and one without key encipherment', async () => {
    const self = `openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /O=other -keyout ${member}.key -out ${member}.crt`;
    const more =
      '-addext subjectAltName=DNS:etcd1,DNS:localhost,IP:10.0.3.64,IP:127.0.0.1 -addext extendedKeyUsage=serverAuth,clientAuth';
    await during('etcd1', '/etc/etcd/tls', async () => {
      await lab.inNode('etcd1', `${self} ${more} -addext keyUsage=digitalSignature; chown etcd: ${member}.*`);
      await right(/another authority \("O=other"\)[\s\S]*key encipherment/);
    });
  });

  test('a key that all can read, and one that etcd cannot', async () => {
    await during('etcd1', '/etc/etcd/tls', async () => {
      await lab.inNode('etcd1', `chmod 644 ${member}.key`);
      await right(/can be read by everybody/);
      await lab.inNode('etcd1', `chown root: ${member}.key; chmod 600 ${member}.key`);
      await right(/can't be read by etcd/);
    });
  });

  test("the authority's key on a node", async () => {
    try {
      const trusted = await lab.inNode('etcd2', 'openssl x509 -in /etc/etcd/tls/ca.crt -noout -fingerprint -sha256');
      const name = (trusted.split('=')[1] ?? '').trim().replaceAll(':', '').toLowerCase();
      await put('etcd2', '/root/ca.key', await readFile(join(testHome(), 'authorities', `${name}.pem`), 'utf8'));
      await right(/\/root\/ca\.key on etcd2 is the authority's private key/, 'no-authority-key-on-members', 'etcd2');
    } finally {
      await lab.inNode('etcd2', 'rm -f /root/ca.key');
    }
  });

  const settings: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'http left in a list of clients',
      's/^(ETCD_LISTEN_CLIENT_URLS=)/\\1http:\\/\\/127.0.0.1:2378,/',
      'all-serve-https',
      /2378 is still http/,
    ],
    [
      'certificate files, but http',
      '/^ETCD_(LISTEN|ADVERTISE)_CLIENT/ s/https:/http:/g',
      'all-serve-https',
      /has a certificate .* leaves it unused/,
    ],
    ['http left for peers', '/^ETCD_LISTEN_PEER/ s/https:/http:/', 'peers-over-https', /leaves it unused/],
    [
      'client-cert-auth off',
      's/^ETCD_CLIENT_CERT_AUTH=true/ETCD_CLIENT_CERT_AUTH=false/',
      'certificate-asked-for',
      /CLIENT_CERT_AUTH is not true/,
    ],
  ];
  test.each(settings)('%s', async (_what, edit, check, cause) => {
    await lab.inNode('etcd1', `cp -a /etc/default/etcd /root/etcd.kept; sed -i -E '${edit}' /etc/default/etcd`);
    try {
      await right(cause, check);
    } finally {
      await lab.inNode('etcd1', 'mv /root/etcd.kept /etc/default/etcd');
    }
  });

  test('Patroni still on http, and with a certificate that has a common name', async () => {
    const file = '/etc/patroni/config.yml';
    await lab.inNode('pg-patroni3', `cp -a ${file} /root/config.kept; sed -i '/^  protocol: https/d' ${file}`);
    try {
      await right(/Patroni still speaks http/, 'patroni-says-https', 'pg-patroni3');
    } finally {
      await lab.inNode('pg-patroni3', `mv /root/config.kept ${file}`);
    }
    await during('pg-patroni3', '/etc/patroni/tls', async () => {
      const named = `openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=pg-3 -keyout ${client}.key -out ${client}.crt`;
      await lab.inNode('pg-patroni3', `${named}; chown postgres: ${client}.*`);
      await right(/has a common name \(pg-3\)/, 'patroni-account', 'pg-patroni3');
    });
  });

  test('anonymous access, and a role wider than its prefix', async () => {
    const etcdctl =
      'etcdctl --endpoints=https://10.0.3.64:2379 --cacert=/etc/etcd/tls/ca.crt --cert=/etc/etcd/tls/server.crt --key=/etc/etcd/tls/server.key --user=root:secret';
    await lab.inNode('etcd1', `${etcdctl} auth disable`);
    await right(/authentication is off/, 'users-only');
    await lab.inNode('etcd1', `${etcdctl} role grant-permission patroni --prefix=true read /; ${etcdctl} auth enable`);
    await right(/gives patroni more than its own keys/, 'users-only');
    await lab.inNode('etcd1', `${etcdctl} role revoke-permission patroni --prefix=true /`);
    const { checks } = await lab.verify('https');
    expect(checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
  });
});
