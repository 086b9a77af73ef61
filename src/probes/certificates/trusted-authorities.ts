import { type CertificateFacts, certificatesIn } from '../certificate-facts.ts';
import { type TlsFiles } from '../tls-files.ts';

/** The authorities that a node trusts. */
export function trustedAuthorities({ authority }: TlsFiles): readonly CertificateFacts[] {
  return certificatesIn(authority?.text ?? '');
}

/** Signed by it, and not only in its name. */
export function isSignedBy(one: CertificateFacts, authority: CertificateFacts): boolean {
  return one.certificate.checkIssued(authority.certificate) && one.certificate.verify(authority.certificate.publicKey);
}
