// Where a node has its certificate, its key and the authority that it trusts: as its service is configured, or where the
// workshop puts them.

import { type NodeDefinition, type Workshop } from '../model/workshop.ts';
import { etcdSection } from './etcd-section.ts';
import { etcdSettings } from './etcd-settings.ts';
import { etcdSources } from './etcd-sources.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export interface TlsPlaces {
  /** A member of etcd serves with it and connects with it; a client only connects. */
  readonly use: 'member' | 'client';
  /** Whom the service runs as. */
  readonly user: 'etcd' | 'postgres';
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
  /** The service is told of the certificate. */
  readonly configured: boolean;
}

export const memberTls = {
  authority: '/etc/etcd/tls/ca.crt',
  certificate: '/etc/etcd/tls/server.crt',
  key: '/etc/etcd/tls/server.key',
} as const;

export const clientTls = {
  authority: '/etc/patroni/tls/ca.crt',
  certificate: '/etc/patroni/tls/client.crt',
  key: '/etc/patroni/tls/client.key',
} as const;

/** Every node that takes part in etcd's TLS: members and clients. */
export function tlsNodes(workshop: Workshop): readonly NodeDefinition[] {
  return workshop.nodes.filter((node) => isEtcdMember(workshop, node) || node.member !== undefined);
}

export function isEtcdMember(workshop: Workshop, node: NodeDefinition): boolean {
  return workshop.groups['etcd']?.includes(node.name) ?? false;
}

export function tlsPlaces(reach: Reach, node: NodeDefinition): Promise<Observed<TlsPlaces>> {
  return isEtcdMember(reach.workshop, node) ? memberPlaces(reach, node) : clientPlaces(reach, node);
}

async function memberPlaces(reach: Reach, node: NodeDefinition): Promise<Observed<TlsPlaces>> {
  const sources = await etcdSources(reach, node.name);
  if (sources.kind === 'unseen') return sources;
  const { settings } = etcdSettings(sources.value);
  const first = (...names: readonly string[]): string | undefined =>
    names.flatMap((name) => settings.get(name)?.value ?? [])[0];
  const certificate = first('cert-file', 'peer-cert-file');
  return seen<TlsPlaces>({
    use: 'member',
    user: 'etcd',
    authority: first('trusted-ca-file', 'peer-trusted-ca-file') ?? memberTls.authority,
    certificate: certificate ?? memberTls.certificate,
    key: first('key-file', 'peer-key-file') ?? memberTls.key,
    configured: certificate !== undefined,
  });
}

async function clientPlaces(reach: Reach, node: NodeDefinition): Promise<Observed<TlsPlaces>> {
  const section = await etcdSection(reach, node.name);
  if (section.kind === 'unseen') return section;
  const { cacert = null, cert = null, key = null } = section.value ?? {};
  return seen<TlsPlaces>({
    use: 'client',
    user: 'postgres',
    authority: cacert ?? clientTls.authority,
    certificate: cert ?? clientTls.certificate,
    key: key ?? clientTls.key,
    configured: cert !== null,
  });
}
