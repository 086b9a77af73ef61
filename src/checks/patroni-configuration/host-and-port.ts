import { type NodeDefinition, type Workshop } from '../../model/workshop.ts';

export interface HostAndPort {
  readonly host: string;
  /** undefined when none is written; what stands there when it isn't a number. */
  readonly port: string | undefined;
}

/** `10.0.3.64:2379`, `etcd1`, `[::1]:2379`: the port is what stands behind the last colon. */
export function parseHostAndPort(text: string): HostAndPort {
  const [, bracketed, behind] = /^\[(.*)\](?::(.*))?$/.exec(text) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: behind };
  const colon = text.lastIndexOf(':');
  return colon < 0 ? { host: text, port: undefined } : { host: text.slice(0, colon), port: text.slice(colon + 1) };
}

/** The node that an address or a name of /etc/hosts means. */
export function nodeCalled(workshop: Workshop, host: string): NodeDefinition | undefined {
  return workshop.nodes.find((node) => node.address === host || [node.name, ...node.aliases].includes(host));
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Every address of the node. */
export function isWildcard(host: string): boolean {
  return host === '*' || host === '0.0.0.0' || host === '::' || host === '';
}

/** The network of the lab: `10.0.3.0/24`. */
export function labNetwork({ network }: Workshop): string {
  const size = 2 ** (32 - network.prefixLength);
  const number = network.address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(number / size) * size;
  const parts = [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(first / unit) % 256);
  return `${parts.join('.')}/${String(network.prefixLength)}`;
}
