import { type Workshop } from './workshop.ts';

/** /etc/hosts as every node of the workshop has it from the start: all nodes, also those of later chapters. */
export function hostsFile(workshop: Workshop): string {
  const nodes = workshop.nodes.map((node) => [node.address, node.name, ...node.aliases].join(' '));
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost', ...nodes, ''].join('\n');
}
