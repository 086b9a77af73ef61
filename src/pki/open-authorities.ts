// The authorities of a home. A kept end of a chapter holds certificates of the lab that it comes from, so the keys that
// belong to them are the home's, and found again by the authority's certificate (docs/decisions/0030).

import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabName } from '../model/ids.ts';
import { type Authorities, type Authority } from './authority.ts';
import { makeKeys } from './make-keys.ts';
import { signAuthority, signCertificate } from './sign-certificate.ts';

const validYears = 10;
const fileEnding = '.pem';

interface KeptAuthority {
  readonly certificate: string;
  readonly key: string;
}

export function openAuthorities(directory: string, lab: LabName, now: () => Date): Authorities {
  const name = `authority of lab ${lab}`;
  return {
    own: async () => {
      const kept = (await keptIn(directory)).find(({ certificate }) => isOwn(certificate, name, now()));
      return authorityOf(kept ?? (await keep(directory, await make(name, now()))));
    },
    withCertificate: async (certificate) => {
      const wanted = fingerprint(certificate);
      const kept = (await keptIn(directory)).find((one) => fingerprint(one.certificate) === wanted);
      return kept === undefined ? null : authorityOf(kept);
    },
  };
}

function authorityOf({ certificate, key: signingKey }: KeptAuthority): Authority {
  return {
    certificate,
    issue: async (request) => {
      const { publicKey, privateKey } = await makeKeys();
      return {
        certificate: signCertificate(request, { issuer: certificate, signingKey, publicKey }),
        key: privateKey,
      };
    },
  };
}

function isOwn(certificate: string, name: string, now: Date): boolean {
  const { subject, validTo } = new X509Certificate(certificate);
  return subject.split('\n').includes(`CN=${name}`) && new Date(validTo) > now;
}

async function make(name: string, now: Date): Promise<KeptAuthority> {
  const { publicKey, privateKey: key } = await makeKeys();
  const notAfter = new Date(now);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + validYears);
  // A minute back, for nodes whose clocks are a little behind.
  const validity = { notBefore: new Date(now.getTime() - 60_000), notAfter };
  return { certificate: signAuthority(name, validity, { issuer: null, signingKey: key, publicKey }), key };
}

/** Whole or not at all: certificate and key are one file, which nobody but root reads. */
async function keep(directory: string, authority: KeptAuthority): Promise<KeptAuthority> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = join(directory, `.draft-${randomBytes(6).toString('hex')}`);
  await writeFile(draft, `${authority.certificate}${authority.key}`, { mode: 0o600 });
  await rename(draft, join(directory, `${fingerprint(authority.certificate)}${fileEnding}`));
  return authority;
}

async function keptIn(directory: string): Promise<readonly KeptAuthority[]> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const files = names.filter((name) => name.endsWith(fileEnding) && !name.startsWith('.')).sort();
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(directory, name), 'utf8');
      const at = text.indexOf('-----BEGIN PRIVATE KEY-----');
      return { certificate: text.slice(0, at), key: text.slice(at) };
    }),
  );
}

function fingerprint(certificate: string): string {
  return new X509Certificate(certificate).fingerprint256.replaceAll(':', '').toLowerCase();
}
