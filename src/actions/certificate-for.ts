import { succeeded } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { type Authority } from '../pki/authority.ts';
import { type TlsPlaces } from '../probes/tls-places.ts';
import { installFile } from './install-file.ts';
import { type ActionContext } from './kind.ts';

export interface Validity {
  readonly notBefore: Date;
  readonly notAfter: Date;
}

/** From a minute ago, for a node whose clock is a little behind. */
export function validFor(days: number): Validity {
  const now = Date.now();
  return { notBefore: new Date(now - 60_000), notAfter: new Date(now + days * 86_400_000) };
}

/**
 * Signs a certificate for the node and puts it in its place. The key goes first: etcd and Patroni read both again at every
 * new connection, and one that falls in between finds a pair that does not match, and is tried again.
 */
export async function certificateFor(
  context: ActionContext,
  authority: Authority,
  node: NodeDefinition,
  places: TlsPlaces,
  validity: Validity,
): Promise<void> {
  const server = places.use === 'member';
  const { certificate, key } = await authority.issue({
    unit: node.name,
    names: server ? [node.name, 'localhost'] : [],
    addresses: server ? [node.address, '127.0.0.1'] : [],
    usages: server ? ['server', 'client'] : ['client'],
    ...validity,
  });
  // The service's user comes with its package; whoever has not come that far gets no certificate.
  if (!succeeded(await context.attempt(node.name, ['id', places.user]))) return;
  const owner = `${places.user}:${places.user}`;
  await openFolder(context, node, places);
  await installFile(context, node.name, { path: places.key, owner, mode: '600', text: key });
  await installFile(context, node.name, { path: places.certificate, owner, mode: '644', text: certificate });
}

/** A folder that its service can't enter hides what is in it. */
async function openFolder(context: ActionContext, node: NodeDefinition, places: TlsPlaces): Promise<void> {
  const script = 'for file in "$@"; do mkdir -p "$(dirname "$file")"; chmod a+x "$(dirname "$file")"; done';
  await context.exec(node.name, ['sh', '-c', script, 'open-folder', places.key, places.certificate, places.authority]);
}
