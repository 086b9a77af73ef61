import * as z from 'zod';
import { type NodeName } from '../model/ids.ts';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words, type Words } from '../model/words.ts';
import { seen } from '../probes/reach.ts';
import { tlsFiles, type TlsFiles } from '../probes/tls-files.ts';
import { clientTls, isEtcdMember, memberTls, tlsNodes } from '../probes/tls-places.ts';
import { day } from '../probes/certificates/day.ts';
import { trustedAuthorities } from '../probes/certificates/trusted-authorities.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

interface AuthorityObservation {
  readonly own: TlsFiles;
  readonly others: readonly { readonly node: NodeName; readonly files: TlsFiles }[];
  readonly now: Date;
}

/** The node trusts a valid authority, the same as the other nodes do. */
export const authorityTrusted = defineCheck({
  name: 'authority-trusted',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const { name } = checkedNode(setting);
    const own = await tlsFiles(reach, checkedNode(setting));
    if (own.kind === 'unseen') return own;
    const running = tlsNodes(reach.workshop).filter(
      (node) => node.name !== name && reach.observation.nodes.get(node.name) === 'running',
    );
    const looks = await Promise.all(
      running.map(async (node) => ({ node: node.name, files: await tlsFiles(reach, node) })),
    );
    const others = looks.flatMap(({ node, files }) => (files.kind === 'seen' ? [{ node, files: files.value }] : []));
    return seen<AuthorityObservation>({ own: own.value, others, now: new Date() });
  },

  judge({ own, others, now }, setting): Judgement {
    const expected = words(
      `${own.places.authority} holds the authority that all nodes trust`,
      `${own.places.authority} contient l'autorité à laquelle tous les nœuds font confiance`,
    );
    const trusted = trustedAuthorities(own);
    const shown =
      trusted.length === 0
        ? words('no authority', 'pas d’autorité')
        : verbatim(trusted.map(({ subject }) => subject).join('; '));
    const causes = [
      ...fileTrouble(own, now),
      ...(trusted.length === 0 ? [] : differences(own, others, checkedNode(setting).name)),
    ];
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n'), final: true };
  },

  command: ({ workshop, node }) =>
    `openssl x509 -noout -text -in ${(node !== null && isEtcdMember(workshop, node) ? memberTls : clientTls).authority}`,
});

function fileTrouble(own: TlsFiles, now: Date): readonly Words[] {
  const { authority: path, user } = own.places;
  if (own.authority === null) return [words(`there is no ${path}`, `il n'y a pas de ${path}`)];
  const trusted = trustedAuthorities(own);
  if (trusted.length === 0)
    return [words(`${path} holds no certificate in PEM form`, `${path} ne contient pas de certificat au format PEM`)];
  const { owner, mode } = own.authority;
  const unreadable = own.authority.readable
    ? []
    : [
        words(
          `${path} (${owner}, mode ${mode}) can't be read by ${user}`,
          `${path} (${owner}, mode ${mode}) n'est pas lisible par ${user}`,
        ),
      ];
  if (trusted.some(({ isAuthority, notBefore, notAfter }) => isAuthority && notBefore <= now && now < notAfter))
    return unreadable;
  const [first] = trusted;
  if (first?.isAuthority !== true)
    return [
      ...unreadable,
      words(
        `${path} holds the certificate of "${first?.subject ?? ''}", which is no authority (CA:TRUE is missing)`,
        `${path} contient le certificat de « ${first?.subject ?? ''} », qui n'est pas une autorité (il manque CA:TRUE)`,
      ),
    ];
  return [
    ...unreadable,
    words(
      `the authority in ${path} is valid from ${day(first.notBefore)} until ${day(first.notAfter)}, and not now`,
      `l'autorité de ${path} est valable du ${day(first.notBefore)} au ${day(first.notAfter)}, pas maintenant`,
    ),
  ];
}

/** Told to the one that differs from most of the others. */
function differences(own: TlsFiles, others: AuthorityObservation['others'], node: NodeName): readonly Words[] {
  const mine = key(own);
  const told = others.filter(({ files }) => files.authority !== null && trustedAuthorities(files).length > 0);
  const different = told.filter(({ files }) => key(files) !== mine);
  if (different.length === 0 || told.length - different.length + 1 > different.length) return [];
  const names = different.map((one) => one.node).join(', ');
  return [
    words(
      `${node} trusts another authority than ${names}: neither accepts the other's certificates`,
      `${node} fait confiance à une autre autorité que ${names} : aucun n'accepte les certificats de l'autre`,
    ),
  ];
}

function key(files: TlsFiles): string {
  return trustedAuthorities(files)
    .map(({ fingerprint }) => fingerprint)
    .sort()
    .join();
}
