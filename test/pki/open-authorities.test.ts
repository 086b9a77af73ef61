import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editionName, labName } from '../../src/model/ids.ts';
import { preparationLab } from '../../src/model/lab-name.ts';
import { openAuthorities } from '../../src/pki/open-authorities.ts';
import { certificatesIn } from '../../src/probes/certificate-facts.ts';

const now = new Date('2026-11-23T12:00:00Z');
const notAfter = new Date('2026-12-23T12:00:00Z');

describe('authorities of a home', () => {
  let directory = '';
  beforeAll(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'lab-pki-')), 'authorities');
  });
  afterAll(() => rm(join(directory, '..'), { recursive: true }));

  test('a member certificate has the usages, names and dates that were asked for, and no common name', async () => {
    const authority = await openAuthorities(directory, labName('one'), () => now).own();
    const issued = await authority.issue({
      unit: 'etcd1',
      names: ['etcd1', 'localhost'],
      addresses: ['10.0.3.64', '127.0.0.1'],
      usages: ['server', 'client'],
      notBefore: now,
      notAfter,
    });
    const [facts] = certificatesIn(issued.certificate);
    expect(facts).toMatchObject({
      commonName: null,
      names: ['etcd1', 'localhost'],
      addresses: ['10.0.3.64', '127.0.0.1'],
      usages: ['server', 'client'],
      keyUsages: ['digital signature', 'key encipherment'],
      isAuthority: false,
      notBefore: now,
      notAfter,
    });
    const certificate = new X509Certificate(issued.certificate);
    const signer = new X509Certificate(authority.certificate);
    expect(certificate.checkIssued(signer) && certificate.verify(signer.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(createPrivateKey(issued.key))).toBe(true);
    expect(certificatesIn(authority.certificate)[0]).toMatchObject({
      isAuthority: true,
      keyUsages: ['certificate sign'],
    });
  });

  // Go, and so etcd, reads a PrintableString to the letter: it may have no underscore.
  test('names may have any letter: no PrintableString in a certificate', async () => {
    const authority = await openAuthorities(
      directory,
      preparationLab('patroni-etcd', editionName('trixie')),
      () => now,
    ).own();
    const { certificate } = await authority.issue({
      ...{ unit: 'a_node', names: [], addresses: [], usages: ['client'] as const, notBefore: now, notAfter },
    });
    const printable = 0x13;
    for (const pem of [authority.certificate, certificate]) {
      const { subject, issuer } = forge.pki.certificateFromPem(pem);
      const tags = [...subject.attributes, ...issuer.attributes].map(({ valueTagClass }) => Number(valueTagClass));
      expect(tags).toHaveLength(4);
      expect(tags).not.toContain(printable);
    }
    expect(new X509Certificate(certificate).checkIssued(new X509Certificate(authority.certificate))).toBe(true);
  });

  test('a lab keeps its authority, another lab has another, and each is found by its certificate', async () => {
    const one = await openAuthorities(directory, labName('one'), () => now).own();
    const again = await openAuthorities(directory, labName('one'), () => now).own();
    const two = await openAuthorities(directory, labName('two'), () => now).own();
    expect(again.certificate).toBe(one.certificate);
    expect(two.certificate).not.toBe(one.certificate);
    const found = await openAuthorities(directory, labName('two'), () => now).withCertificate(one.certificate);
    expect(found?.certificate).toBe(one.certificate);
  });

  test('nobody but root reads a key', async () => {
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(directory)) expect((await stat(join(directory, name))).mode & 0o777).toBe(0o600);
  });
});
