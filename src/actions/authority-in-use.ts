import { certificatesIn } from '../probes/certificate-facts.ts';
import { tlsFiles } from '../probes/tls-files.ts';
import { tlsNodes } from '../probes/tls-places.ts';
import { type Authority } from '../pki/authority.ts';
import { type ActionContext } from './kind.ts';
import { settleAll } from '../model/settle-all.ts';

/**
 * The authority that the nodes trust, where its key is in this home: a kept end of a chapter brings certificates of the
 * lab that it comes from. Otherwise the lab's own, which then has to be trusted first.
 */
export async function authorityInUse(context: ActionContext): Promise<Authority> {
  const authorities = await context.authorities();
  const reach = await context.look();
  const looks = await settleAll(
    tlsNodes(context.workshop)
      .filter(({ name }) => reach.observation.nodes.get(name) === 'running')
      .map((node) => tlsFiles(reach, node)),
  );
  const texts = looks.flatMap((look) => (look.kind === 'seen' ? (look.value.authority?.text ?? []) : []));
  const trusted = new Map(texts.flatMap(certificatesIn).map((facts) => [facts.fingerprint, facts]));
  for (const { certificate, notAfter } of trusted.values()) {
    const known = notAfter > new Date() ? await authorities.withCertificate(certificate.toString()) : null;
    if (known !== null) return known;
  }
  return authorities.own();
}
