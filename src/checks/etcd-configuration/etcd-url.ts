import { type NodeDefinition } from '../../model/workshop.ts';

export interface EtcdUrl {
  readonly text: string;
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** null: etcd takes `http://address:port` or https, without a path. */
export function parseEtcdUrl(text: string): EtcdUrl | null {
  const [, scheme, host, port] = /^(https?):\/\/(\[[0-9a-fA-F:]+\]|[^\s:/[\]]+):(\d{1,5})$/.exec(text.trim()) ?? [];
  if (scheme === undefined || host === undefined || port === undefined) return null;
  return {
    text: text.trim(),
    scheme: scheme === 'https' ? 'https' : 'http',
    host: host.replace(/^\[|\]$/g, ''),
    port: Number(port),
  };
}

export type HostMeaning =
  | { readonly kind: 'loopback' }
  /** 0.0.0.0: every address of the node. */
  | { readonly kind: 'any' }
  /** `byName`: written as a name that /etc/hosts has. */
  | { readonly kind: 'node'; readonly node: NodeDefinition; readonly byName: boolean }
  | { readonly kind: 'unknown'; readonly byName: boolean };

export function meaningOf(host: string, nodes: readonly NodeDefinition[]): HostMeaning {
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return { kind: 'loopback' };
  if (host === '0.0.0.0' || host === '::') return { kind: 'any' };
  const byAddress = nodes.find((node) => node.address === host);
  if (byAddress !== undefined) return { kind: 'node', node: byAddress, byName: false };
  const byName = nodes.find((node) => node.name === host || node.aliases.includes(host));
  if (byName !== undefined) return { kind: 'node', node: byName, byName: true };
  return { kind: 'unknown', byName: !/^[\d.]+$|:/.test(host) };
}

/** The URL with a node's name replaced by its address: what etcd compares. */
export function resolvedUrl(url: EtcdUrl, nodes: readonly NodeDefinition[]): string {
  const meaning = meaningOf(url.host, nodes);
  const host = meaning.kind === 'node' ? meaning.node.address : url.host;
  return `${url.scheme}://${host}:${String(url.port)}`;
}
