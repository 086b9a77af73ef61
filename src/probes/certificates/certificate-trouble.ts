// What is wrong with a node's certificate and key. Pure.

import { type NodeDefinition } from '../../model/workshop.ts';
import { words, type Words } from '../../model/words.ts';
import { type CertificateFacts, certificatesIn } from '../certificate-facts.ts';
import { type TlsFiles } from '../tls-files.ts';
import { day } from './day.ts';
import { keyTrouble } from './key-trouble.ts';
import { isSignedBy, trustedAuthorities } from './trusted-authorities.ts';

export interface CertificateNeed {
  readonly node: NodeDefinition;
  readonly now: Date;
  /** It has to be valid for so many more days. */
  readonly daysLeft: number;
}

const dayMs = 86_400_000;

/** Empty: everything is right. */
export function certificateTrouble(files: TlsFiles, need: CertificateNeed): readonly Words[] {
  const { certificate: path } = files.places;
  if (files.certificate === null) return [words(`there is no ${path}`, `il n'y a pas de ${path}`)];
  const [facts] = certificatesIn(files.certificate.text);
  if (facts === undefined)
    return [words(`${path} holds no certificate in PEM form`, `${path} ne contient pas de certificat au format PEM`)];
  return [
    ...readableTrouble(files),
    ...signatureTrouble(facts, files),
    ...dateTrouble(facts, path, need),
    ...usageTrouble(facts, files),
    ...nameTrouble(facts, files, need.node),
    ...keyTrouble(facts, files),
  ];
}

function readableTrouble({ certificate, places }: TlsFiles): readonly Words[] {
  if (certificate?.readable !== false) return [];
  const { user, certificate: path } = places;
  const { owner, mode } = certificate;
  return [
    words(
      `${path} (${owner}, mode ${mode}) can't be read by ${user}`,
      `${path} (${owner}, mode ${mode}) n'est pas lisible par ${user}`,
    ),
  ];
}

function signatureTrouble(facts: CertificateFacts, files: TlsFiles): readonly Words[] {
  const trusted = trustedAuthorities(files);
  if (trusted.length === 0 || trusted.some((authority) => isSignedBy(facts, authority))) return [];
  const { certificate: path, authority } = files.places;
  return [
    words(
      `${path} comes from another authority ("${facts.issuer}") than the one that is trusted here (${authority})`,
      `${path} vient d'une autre autorité (« ${facts.issuer} ») que celle à laquelle on fait confiance ici (${authority})`,
    ),
  ];
}

function dateTrouble({ notBefore, notAfter }: CertificateFacts, path: string, { now, daysLeft }: CertificateNeed) {
  if (notAfter < now)
    return [words(`${path} has run out: it was valid until ${day(notAfter)}`, `${path} a expiré le ${day(notAfter)}`)];
  if (notBefore > now)
    return [
      words(
        `${path} is not valid yet: it begins at ${day(notBefore)} (is the clock right where it was signed?)`,
        `${path} n'est pas encore valable : il commence le ${day(notBefore)} (l'horloge était-elle juste là où il a été signé ?)`,
      ),
    ];
  const left = Math.floor((notAfter.getTime() - now.getTime()) / dayMs);
  if (left >= daysLeft) return [];
  return [
    words(
      `${path} runs out on ${day(notAfter)}, in ${String(left)} days; it should last at least ${String(daysLeft)} more`,
      `${path} expire le ${day(notAfter)}, dans ${String(left)} jours ; il devrait tenir encore au moins ${String(daysLeft)} jours`,
    ),
  ];
}

function usageTrouble(facts: CertificateFacts, { places: { certificate: path, use } }: TlsFiles): readonly Words[] {
  const lacks = (usage: 'server' | 'client'): boolean => facts.limitsUsages && !facts.usages.includes(usage);
  const found: Words[] = [];
  if (use === 'member' && lacks('server'))
    found.push(words(`${path} lacks the usage serverAuth`, `${path} n'a pas l'usage serverAuth`));
  if (lacks('client'))
    found.push(
      use === 'member'
        ? words(
            `${path} lacks the usage clientAuth: members are clients of each other, and etcd's gateway, through which Patroni speaks, is a client of its own member`,
            `${path} n'a pas l'usage clientAuth : les membres sont clients les uns des autres, et la passerelle d'etcd, par laquelle passe Patroni, est cliente de son propre membre`,
          )
        : words(
            `${path} lacks the usage clientAuth: etcd will not take it from a client`,
            `${path} n'a pas l'usage clientAuth : etcd ne l'acceptera pas d'un client`,
          ),
    );
  if (facts.keyType === 'rsa' && facts.keyUsages?.includes('key encipherment') === false)
    found.push(
      words(
        `${path} lacks the key usage "key encipherment", which RSA keys need to encipher a session's key`,
        `${path} n'a pas l'usage de clé « key encipherment », nécessaire à une clé RSA pour chiffrer la clé de session`,
      ),
    );
  if (facts.keyUsages?.includes('digital signature') === false)
    found.push(
      words(`${path} lacks the key usage "digital signature"`, `${path} n'a pas l'usage de clé « digital signature »`),
    );
  return found;
}

/** Clients are recognised by their authority; a server by its name too. */
function nameTrouble(facts: CertificateFacts, { places }: TlsFiles, node: NodeDefinition): readonly Words[] {
  if (places.use === 'client') return [];
  const addresses = [node.address, '127.0.0.1'].filter((one) => !facts.addresses.includes(one));
  const names = [node.name, 'localhost'].filter((one) => !facts.names.includes(one));
  const missing = [...addresses.map((one) => `IP:${one}`), ...names.map((one) => `DNS:${one}`)];
  if (missing.length === 0) return [];
  const has = [...facts.addresses, ...facts.names].join(', ') || '-';
  const list = missing.join(', ');
  return [
    words(
      `${places.certificate} is not made out to ${list} (subjectAltName: ${has}): who connects there refuses it`,
      `${places.certificate} n'est pas établi pour ${list} (subjectAltName : ${has}) : qui s'y connecte le refuse`,
    ),
  ];
}
