import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';

/** A name that the node's resolver gets wrong. */
export interface WrongName {
  readonly name: string;
  readonly address: string;
  /** What it resolves to; null: to nothing. */
  readonly resolved: string | null;
}

interface HostsLine {
  readonly number: number;
  readonly text: string;
  readonly address: string;
  readonly names: readonly string[];
}

const path = '/etc/hosts';

/** What is wrong in /etc/hosts, a sentence for each cause. `text` null: there is no such file. */
export function hostsFileTrouble(
  text: string | null,
  wrong: readonly WrongName[],
  nodes: readonly NodeDefinition[],
): readonly Words[] {
  if (text === null) return [words(`${path} does not exist`, `${path} n'existe pas`)];
  const lines = hostsLines(text);
  const swapped = swaps(wrong, lines);
  const inSwap = new Set(swapped.flatMap(({ lines }) => lines.flatMap((line) => line.names)));
  const others = wrong.filter(({ name }) => !inSwap.has(name));
  const missing = others.filter(({ name }) => !lines.some((line) => line.names.includes(name)));
  return [
    ...swapped.map(({ says }) => says),
    ...misplaced(others, lines, nodes),
    ...(missing.length === 0 ? [] : [absent(missing)]),
  ];
}

function hostsLines(text: string): readonly HostsLine[] {
  return text.split('\n').flatMap((line, index) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return address === undefined || address === '' ? [] : [{ number: index + 1, text: line.trim(), address, names }];
  });
}

/** Two lines, each with the address that belongs to the other's name. */
function swaps(
  wrong: readonly WrongName[],
  lines: readonly HostsLine[],
): readonly { readonly says: Words; readonly lines: readonly HostsLine[] }[] {
  const lineOf = (name: string) => lines.find((line) => line.names.includes(name));
  return wrong.flatMap((one, index) => {
    const other = wrong.slice(index + 1).find((two) => one.resolved === two.address && two.resolved === one.address);
    const first = lineOf(one.name);
    const second = other && lineOf(other.name);
    if (other === undefined || first === undefined || second === undefined || first.names[0] !== one.name) return [];
    const says = words(
      `${place(first)} and ${place(second)}: the addresses of ${one.name} and ${other.name} are swapped (${one.name} is ${one.address}, ${other.name} is ${other.address})`,
      `${place(first)} et ${place(second)} : les adresses de ${one.name} et de ${other.name} sont échangées (${one.name} est ${one.address}, ${other.name} est ${other.address})`,
    );
    return [{ says, lines: [first, second] }];
  });
}

/** One sentence a line, however many names it has. */
function misplaced(
  wrong: readonly WrongName[],
  lines: readonly HostsLine[],
  nodes: readonly NodeDefinition[],
): readonly Words[] {
  return lines.flatMap((line) => {
    const names = wrong.filter(({ name, address }) => line.names.includes(name) && line.address !== address);
    const [first] = names;
    if (first === undefined) return [];
    const owner = nodes.find((node) => node.address === line.address)?.name;
    const whose =
      owner === undefined ? words('', '') : words(` (${line.address} is ${owner})`, ` (${line.address} est ${owner})`);
    const list = names.map(({ name }) => name).join(', ');
    return [
      words(
        `${place(line)}: the address of ${list} is ${first.address}${whose.en}`,
        `${place(line)} : l'adresse de ${list} est ${first.address}${whose.fr}`,
      ),
    ];
  });
}

function absent(missing: readonly WrongName[]): Words {
  const rows = missing.map(({ name, address }) => `${name} (${address})`).join(', ');
  return words(`${path} has no line for ${rows}`, `${path} n'a pas de ligne pour ${rows}`);
}

function place(line: HostsLine): string {
  return `${path}:${String(line.number)} \`${line.text}\``;
}
