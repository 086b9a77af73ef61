import { randomBytes } from 'node:crypto';
import forge from 'node-forge';
import { type CertificateRequest } from './authority.ts';

export interface SigningKeys {
  /** PEM; of an authority's own certificate: null. */
  readonly issuer: string | null;
  /** PEM, of the authority. */
  readonly signingKey: string;
  /** PEM, of whom the certificate is for. */
  readonly publicKey: string;
}

const organization = 'lab';
/**
 * forge takes PrintableString, which has no underscore and no letter of another language: Go, and so etcd, refuses a
 * certificate with such a name.
 */
const valueTagClass = forge.asn1.Type.UTF8 as unknown as forge.asn1.Class;

/** An authority's own certificate; `name` is for people. Dates count in whole seconds. */
export function signAuthority(
  name: string,
  { notBefore, notAfter }: Pick<CertificateRequest, 'notBefore' | 'notAfter'>,
  keys: SigningKeys,
): string {
  const certificate = blank(keys.publicKey, notBefore, notAfter);
  const subject = [
    { name: 'organizationName', value: organization, valueTagClass },
    { name: 'commonName', value: name, valueTagClass },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  return signed(certificate, keys.signingKey);
}

/** What a server or client of etcd needs, and no more. */
export function signCertificate(request: CertificateRequest, keys: SigningKeys & { readonly issuer: string }): string {
  const issuer = forge.pki.certificateFromPem(keys.issuer);
  const certificate = blank(keys.publicKey, request.notBefore, request.notAfter);
  certificate.setSubject([
    { name: 'organizationName', value: organization, valueTagClass },
    { shortName: 'OU', value: request.unit, valueTagClass },
  ]);
  certificate.setIssuer(issuer.subject.attributes);
  const names = [
    ...request.names.map((value) => ({ type: 2, value })),
    ...request.addresses.map((ip) => ({ type: 7, ip })),
  ];
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    {
      name: 'extKeyUsage',
      serverAuth: request.usages.includes('server'),
      clientAuth: request.usages.includes('client'),
    },
    ...(names.length === 0 ? [] : [{ name: 'subjectAltName', altNames: names }]),
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ]);
  return signed(certificate, keys.signingKey);
}

function blank(publicKey: string, notBefore: Date, notAfter: Date): forge.pki.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
  certificate.serialNumber = serialNumber();
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  return certificate;
}

/** 16 random bytes, positive and without a leading zero, as RFC 5280 has it. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function signed(certificate: forge.pki.Certificate, key: string): string {
  certificate.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n');
}
