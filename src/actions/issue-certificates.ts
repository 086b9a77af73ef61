import * as z from 'zod';
import { certificateTrouble } from '../probes/certificates/certificate-trouble.ts';
import { trustedAuthorities } from '../probes/certificates/trusted-authorities.ts';
import { privateKeys } from '../probes/private-keys.ts';
import { tlsFiles } from '../probes/tls-files.ts';
import { type Authority } from '../pki/authority.ts';
import { settleAll } from '../model/settle-all.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { authorityInUse } from './authority-in-use.ts';
import { certificateFor, validFor } from './certificate-for.ts';
import { type ActionContext, defineAction } from './kind.ts';
import { trustAuthority } from './trust-authority.ts';

interface Wanted {
  readonly days: number;
  readonly at_least_days: number;
}

/**
 * A certificate for etcd on every node of the target: where there is none that is right, or where it lasts less than
 * `at_least_days`, a new one. Keys are made side by side.
 */
export const issueCertificates = defineAction<Wanted>({
  name: 'issue-certificates',
  schema: z.strictObject({
    days: z.number().int().positive(),
    at_least_days: z.number().int().nonnegative().default(0),
  }),
  run: async (context, wanted) => {
    const authority = await authorityInUse(context);
    await trustAuthority(context, authority);
    await settleAll(
      context.nodes.map(async (node) => {
        await removeAuthorityKeys(context, node);
        await renewWhereWrong(context, authority, node, wanted);
      }),
    );
  },
});

async function renewWhereWrong(
  context: ActionContext,
  authority: Authority,
  node: NodeDefinition,
  { days, at_least_days }: Wanted,
): Promise<void> {
  const files = await tlsFiles(await context.look(), node);
  if (files.kind === 'unseen') return;
  const need = { node, now: new Date(), daysLeft: at_least_days };
  if (certificateTrouble(files.value, need).length === 0) return;
  await certificateFor(context, authority, node, files.value.places, validFor(days));
}

/** A key that is on a node is nobody's secret any more; the lab has its own copy of its own. */
async function removeAuthorityKeys(context: ActionContext, node: NodeDefinition): Promise<void> {
  const reach = await context.look();
  const [files, keys] = await settleAll([tlsFiles(reach, node), privateKeys(reach, node.name)]);
  if (files.kind === 'unseen' || keys.kind === 'unseen') return;
  const authorities = new Set(trustedAuthorities(files.value).map(({ publicKey }) => publicKey));
  for (const { path, publicKey } of keys.value)
    if (authorities.has(publicKey)) await context.exec(node.name, ['rm', '-f', path]);
}
