// What a certificate says, out of its PEM text. Pure.

import { X509Certificate } from 'node:crypto';

export interface CertificateFacts {
  /** As `openssl` writes it on one line: `O=lab, OU=etcd1`. */
  readonly subject: string;
  readonly commonName: string | null;
  readonly issuer: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly usages: readonly ('server' | 'client')[];
  /** false: it says nothing of its purpose, which allows every one. */
  readonly limitsUsages: boolean;
  /** Of its key; null: it does not say, which allows every one. */
  readonly keyUsages: readonly KeyUsage[] | null;
  readonly isAuthority: boolean;
  readonly keyType: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly fingerprint: string;
  /** Of the public key, PEM. */
  readonly publicKey: string;
  readonly certificate: X509Certificate;
}

export type KeyUsage = 'digital signature' | 'key encipherment' | 'certificate sign';

const pem = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g;

/** Every certificate in the text, in its order; what can't be read is left out. */
export function certificatesIn(text: string): readonly CertificateFacts[] {
  return (text.match(pem) ?? []).flatMap((one) => certificateFacts(one) ?? []);
}

function certificateFacts(text: string): CertificateFacts | null {
  const certificate = parse(text);
  if (certificate === null) return null;
  const alternatives = (certificate.subjectAltName ?? '').split(', ');
  // Node calls the extended usages keyUsage; undefined where the extension is missing.
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  return {
    subject: oneLine(certificate.subject),
    commonName: /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? null,
    issuer: oneLine(certificate.issuer),
    names: alternatives.flatMap((one) => /^DNS:(.*)$/.exec(one)?.[1] ?? []),
    addresses: alternatives.flatMap((one) => /^IP Address:(.*)$/.exec(one)?.[1] ?? []),
    usages: [
      ...(purposes?.includes('1.3.6.1.5.5.7.3.1') === true ? (['server'] as const) : []),
      ...(purposes?.includes('1.3.6.1.5.5.7.3.2') === true ? (['client'] as const) : []),
    ],
    limitsUsages: purposes !== undefined,
    keyUsages: keyUsagesOf(certificate.raw),
    isAuthority: certificate.ca,
    keyType: certificate.publicKey.asymmetricKeyType ?? '',
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    fingerprint: certificate.fingerprint256,
    publicKey: certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    certificate,
  };
}

function parse(text: string): X509Certificate | null {
  try {
    return new X509Certificate(text.replaceAll('TRUSTED CERTIFICATE', 'CERTIFICATE'));
  } catch {
    return null;
  }
}

/** A certificate without a subject has undefined here, whatever the type says. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').filter(Boolean).join(', ');
}

/** The object identifier 2.5.29.15; behind it, perhaps, `critical`, and a bit string in an octet string (RFC 5280, 4.2.1.3). */
const keyUsageId = Buffer.from('0603551d0f', 'hex');
const critical = Buffer.from('0101ff', 'hex');

/** Node does not tell this extension. */
function keyUsagesOf(der: Buffer): readonly KeyUsage[] | null {
  const at = der.indexOf(keyUsageId);
  if (at < 0) return null;
  let start = at + keyUsageId.length;
  if (der.subarray(start, start + critical.length).equals(critical)) start += critical.length;
  // 04 LENGTH 03 LENGTH UNUSED BITS
  if (der[start] !== 0x04 || der[start + 2] !== 0x03) return null;
  const bits = der[start + 5] ?? 0;
  const has = (mask: number): boolean => (bits & mask) !== 0;
  return [
    ...(has(0x80) ? (['digital signature'] as const) : []),
    ...(has(0x20) ? (['key encipherment'] as const) : []),
    ...(has(0x04) ? (['certificate sign'] as const) : []),
  ];
}
