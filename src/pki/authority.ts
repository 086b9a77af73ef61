// Who may sign for a lab, as the rest of the program sees it. Types only: what makes certificates is read when it is needed.

export interface CertificateRequest {
  /** The node it is for; goes into the subject as organizational unit, never as common name: etcd would take that for a user. */
  readonly unit: string;
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  readonly usages: readonly ('server' | 'client')[];
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** PEM texts. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly key: string;
}

export interface Authority {
  /** PEM. Its key stays with it. */
  readonly certificate: string;
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
}

export interface Authorities {
  /** The lab's own; made when there is none yet. */
  own(): Promise<Authority>;
  /** The one with this certificate (PEM), if its key is in this home; null otherwise. */
  withCertificate(certificate: string): Promise<Authority | null>;
}
