import * as z from 'zod';
import { succeeded } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { expiredCertificateRefusals } from '../probes/expired-certificates.ts';
import { tlsPlaces } from '../probes/tls-places.ts';
import { authorityInUse } from './authority-in-use.ts';
import { certificateFor, validFor } from './certificate-for.ts';
import { type ActionContext, defineAction } from './kind.ts';

const dayMs = 86_400_000;

/**
 * A certificate that ran out yesterday, on a replica, until etcd has refused it; then one that is valid. Nothing is
 * restarted: who connects reads the file again.
 */
export const showExpiredCertificate = defineAction({
  name: 'show-expired-certificate',
  drill: true,
  schema: z.strictObject({ days: z.number().int().positive() }),
  run: async (context, { days }) => {
    const [node] = context.nodes;
    if (node === undefined) return;
    const places = await tlsPlaces(await context.look(), node);
    if (places.kind === 'unseen') return;
    const authority = await authorityInUse(context);
    const yesterday = { notBefore: new Date(Date.now() - 2 * dayMs), notAfter: new Date(Date.now() - dayMs) };
    const valid = context.cleanUp((own) => certificateFor(own, authority, node, places.value, validFor(days)));
    await certificateFor(context, authority, node, places.value, yesterday);
    await awaitRefusal(context, node);
    await valid.now();
  },
});

/** patronictl connects anew each time; the Patroni that runs keeps the connections that it has. */
async function awaitRefusal(context: ActionContext, node: NodeDefinition): Promise<void> {
  await context.waitFor(
    words(`etcd refuses the certificate of ${node.name}`, `etcd refuse le certificat de ${node.name}`),
    30,
    async () => {
      const list = ['timeout', '5', 'patronictl', '-c', '/etc/patroni/config.yml', 'list'];
      if (succeeded(await context.attempt(node.name, list))) return false;
      const refusals = await expiredCertificateRefusals(await context.look());
      return refusals.kind === 'seen' && refusals.value.some(({ client }) => client === node.name);
    },
  );
}
