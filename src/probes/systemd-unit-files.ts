import { type NodeName } from '../model/ids.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** A text file with its path, for readers that say in which line something stands. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A line of such a file; `line` counts from 1. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

/**
 * The unit's file and its drop-ins as they are on disk, in the order in which systemd reads them; empty when there is
 * no such unit.
 */
export async function systemdUnitFiles(
  reach: Reach,
  node: NodeName,
  unit: string,
): Promise<Observed<readonly SourceFile[]>> {
  const looked = await lookInNode(reach, node, ['systemctl', 'cat', '--no-pager', '--', unit]);
  return looked.kind === 'unseen' ? looked : seen(parseUnitFiles(looked.value.stdout));
}

// systemctl puts `# /path` above each file and an empty line below; a comment that looks the same is not in these places.
const heading = /^# (\/(?:etc|run|usr\/lib|lib|usr\/local\/lib)\/systemd\/\S+\.(?:service|conf))$/;

/** `output`: of `systemctl cat`. */
export function parseUnitFiles(output: string): readonly SourceFile[] {
  const files: { path: string; lines: string[] }[] = [];
  for (const line of output.split('\n')) {
    const path = heading.exec(line)?.[1];
    if (path !== undefined) files.push({ path, lines: [] });
    else files.at(-1)?.lines.push(line);
  }
  return files.map(({ path, lines }) => ({ path, text: lines.join('\n').trimEnd() }));
}
