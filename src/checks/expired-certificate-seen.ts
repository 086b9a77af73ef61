import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { expiredCertificateRefusals, type ExpiredCertificateRefusal } from '../probes/expired-certificates.ts';
import { defineCheck } from './kind.ts';

/** etcd's log says that a Patroni node came with a certificate that had run out. */
export const expiredCertificateSeen = defineCheck({
  name: 'expired-certificate-seen',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 10,
  tellsOfPast: true,

  observe: (reach) => expiredCertificateRefusals(reach),

  judge(refusals: readonly ExpiredCertificateRefusal[], { workshop }): Judgement {
    const expected = words(
      "etcd once refused a Patroni node's certificate that had run out",
      "etcd a refusé une fois le certificat expiré d'un nœud Patroni",
    );
    const clients = workshop.nodes.filter(({ member }) => member !== undefined).map(({ name }) => name);
    const last = refusals.findLast(({ client }) => client !== null && clients.includes(client));
    if (last !== undefined)
      return {
        verdict: 'pass',
        expected,
        seen: words(`${last.member} refused ${last.client ?? ''}`, `${last.member} a refusé ${last.client ?? ''}`),
      };
    return {
      verdict: 'fail',
      expected,
      seen: words('no such line in the logs', 'pas de telle ligne dans les journaux'),
      cause: words(
        'no Patroni node has shown etcd a certificate that has run out yet',
        "aucun nœud Patroni n'a encore présenté à etcd un certificat expiré",
      ),
    };
  },

  command: () => "journalctl -u etcd --grep 'rejected connection.*certificate has expired'",
});
