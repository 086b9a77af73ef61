// What a chapter's text tells a person to type, and where: `On etcd1 and etcd2:` and then a block of shell commands.

export interface TypedBlock {
  /** Names of nodes; `leader` and `replica` are whoever that is; `host` is the person's own machine. */
  readonly where: 'host' | 'leader' | 'replica' | readonly string[];
  readonly script: string;
}

const block = /^(?<place>[^\n]*)\n\n```sh\n(?<script>[\s\S]*?)\n```$/gm;
const roles = new Map<string, TypedBlock['where']>([
  ['the leader', 'leader'],
  ['le leader', 'leader'],
  ['the replica', 'replica'],
  ['le réplica', 'replica'],
  ['your machine', 'host'],
  ['votre machine', 'host'],
]);

/** In their order. Throws for a block that doesn't say where it is typed. */
export function typedBlocks(text: string): readonly TypedBlock[] {
  const fences = text.match(/^```sh$/gm)?.length ?? 0;
  const blocks = Array.from(text.matchAll(block), ({ groups }) => ({
    where: placeOf(groups?.['place'] ?? ''),
    script: groups?.['script'] ?? '',
  }));
  if (blocks.length !== fences) throw new Error(`${String(fences)} blocks, ${String(blocks.length)} with a place`);
  return blocks;
}

/** `On etcd1, etcd2 and etcd3:`, `Sur le leader :` */
function placeOf(line: string): TypedBlock['where'] {
  const said = /^(?:On|Sur) (?<names>.+?)[\s\u00a0]?:$/.exec(line.trim())?.groups?.['names'];
  if (said === undefined) throw new Error(`a block of commands does not say where it is typed: ${line}`);
  return roles.get(said) ?? said.split(/, | and | et /);
}
