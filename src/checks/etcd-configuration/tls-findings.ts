// What in etcd's own settings keeps it from speaking TLS, or from asking its clients for a certificate.

import { parseEtcdUrl } from './etcd-url.ts';
import { found, nameOf, type Configured, type Finding } from './finding.ts';

export function clientTlsFindings(configured: Configured): readonly Finding[] {
  return [
    ...httpLeft('listen-client-urls', 'cert-file', configured),
    ...httpLeft('advertise-client-urls', 'cert-file', configured),
    ...withoutCertificate('listen-client-urls', ['cert-file', 'key-file'], configured),
  ];
}

export function peerTlsFindings(configured: Configured): readonly Finding[] {
  return [
    ...httpLeft('listen-peer-urls', 'peer-cert-file', configured),
    ...httpLeft('initial-advertise-peer-urls', 'peer-cert-file', configured),
    ...withoutCertificate('listen-peer-urls', ['peer-cert-file', 'peer-key-file', 'peer-trusted-ca-file'], configured),
  ];
}

export function clientCertificateFindings(configured: Configured): readonly Finding[] {
  return [
    ...askedFor('client-cert-auth', 'trusted-ca-file', configured),
    ...askedFor('peer-client-cert-auth', 'peer-trusted-ca-file', configured),
  ];
}

function httpLeft(name: string, certificate: string, configured: Configured): readonly Finding[] {
  const { settings } = configured.settings;
  const setting = settings.get(name);
  const left = (setting?.value.split(',') ?? []).filter((text) => parseEtcdUrl(text)?.scheme === 'http');
  if (setting === undefined || left.length === 0) return [];
  const urls = left.join(', ');
  const silently = settings.has(certificate) && left.length === setting.value.split(',').length;
  return [
    silently
      ? found(
          setting.origin,
          `${urls}: etcd has a certificate (${nameOf(certificate, configured)}) and leaves it unused, since the URL says http; it only warns of that in its log. Write https`,
          `${urls} : etcd a un certificat (${nameOf(certificate, configured)}) et ne s'en sert pas, car l'URL dit http ; il n'en avertit que dans son journal. Écrivez https`,
        )
      : found(setting.origin, `${urls} is still http`, `${urls} est encore en http`),
  ];
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
