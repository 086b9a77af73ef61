// What in etcd's own settings keeps it from speaking TLS, or from asking its clients for a certificate.

import { words, type Words } from '../../model/words.ts';
import { parseEtcdUrl } from './etcd-url.ts';
import { found, nameOf, type Configured, type Finding } from './finding.ts';

export function clientTlsFindings(configured: Configured): readonly Finding[] {
  return [
    ...httpLeft('listen-client-urls', unused('cert-file', configured), configured),
    ...httpLeft('advertise-client-urls', unused('cert-file', configured), configured),
    ...withoutCertificate('listen-client-urls', ['cert-file', 'key-file'], configured),
  ];
}

export function peerTlsFindings(configured: Configured): readonly Finding[] {
  const urls = ['listen-peer-urls', 'initial-advertise-peer-urls'];
  // The certificate for the others comes with the one for clients, before these URLs are to say https.
  const begun = urls.some((name) => configured.settings.settings.get(name)?.value.includes('https:'));
  const certificate = (begun ? unused : waiting)('peer-cert-file', configured);
  return [
    ...urls.flatMap((name) => httpLeft(name, certificate, configured)),
    ...withoutCertificate('listen-peer-urls', ['peer-cert-file', 'peer-key-file', 'peer-trusted-ca-file'], configured),
  ];
}

export function clientCertificateFindings(configured: Configured): readonly Finding[] {
  return [
    ...askedFor('client-cert-auth', 'trusted-ca-file', configured),
    ...askedFor('peer-client-cert-auth', 'peer-trusted-ca-file', configured),
  ];
}

/** `certificate`: what to say of the URLs where a certificate is given and none of them makes use of it. */
function httpLeft(name: string, certificate: Words | null, configured: Configured): readonly Finding[] {
  const setting = configured.settings.settings.get(name);
  const left = (setting?.value.split(',') ?? []).filter((text) => parseEtcdUrl(text)?.scheme === 'http');
  if (setting === undefined || left.length === 0) return [];
  const all = left.length === setting.value.split(',').length;
  const says = (all ? certificate : null) ?? words(' is still http', ' est encore en http');
  const urls = left.join(', ');
  return [found(setting.origin, `${urls}${says.en}`, `${urls}${says.fr}`)];
}

function unused(certificate: string, configured: Configured): Words | null {
  if (!configured.settings.settings.has(certificate)) return null;
  const name = nameOf(certificate, configured);
  return words(
    `: etcd has a certificate (${name}) and leaves it unused, since the URL says http; it only warns of that in its log. Write https`,
    ` : etcd a un certificat (${name}) et ne s'en sert pas, car l'URL dit http ; il n'en avertit que dans son journal. Écrivez https`,
  );
}

function waiting(certificate: string, configured: Configured): Words | null {
  if (!configured.settings.settings.has(certificate)) return null;
  const name = nameOf(certificate, configured);
  return words(
    ` is still http; the certificate (${name}) is there, and comes into use once the URL says https`,
    ` est encore en http ; le certificat (${name}) est là, et servira dès que l'URL dira https`,
  );
}

function withoutCertificate(name: string, needed: readonly string[], configured: Configured): readonly Finding[] {
  const { settings } = configured.settings;
  const setting = settings.get(name);
  const missing = needed.filter((one) => !settings.has(one)).map((one) => nameOf(one, configured));
  if (setting === undefined || missing.length === 0 || !setting.value.includes('https:')) return [];
  const list = missing.join(', ');
  return [
    found(
      setting.origin,
      `https needs ${list} too, and no line sets it`,
      `https demande aussi ${list}, qu'aucune ligne ne fixe`,
    ),
  ];
}

function askedFor(name: string, authority: string, configured: Configured): readonly Finding[] {
  const { settings } = configured.settings;
  const setting = settings.get(name);
  const spelling = nameOf(name, configured);
  const trusted = settings.has(authority)
    ? []
    : [
        found(
          null,
          `no line sets ${nameOf(authority, configured)}: etcd does not know whose certificates to accept`,
          `aucune ligne ne fixe ${nameOf(authority, configured)} : etcd ne sait pas de qui accepter les certificats`,
        ),
      ];
  if (setting?.value === 'true') return trusted;
  return [
    ...trusted,
    found(
      setting?.origin ?? null,
      `${spelling} is not true: etcd does not ask who connects for a certificate`,
      `${spelling} n'est pas à true : etcd ne demande pas de certificat à qui se connecte`,
    ),
  ];
}
