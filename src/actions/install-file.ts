import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';

/**
 * In the node: whole or not at all, and untouched when it is already as it should be (its time of change tells restarts).
 * A lab that is killed closes the pipe before the text was in it, which looks like an empty file: its length is told too.
 */
const script = `set -e
folder=$(dirname "$1"); mkdir -p "$folder"
draft=$(mktemp "$folder/.lab-XXXXXX"); trap 'rm -f "$draft"' EXIT
cat > "$draft"; [ "$(wc -c < "$draft")" -eq "$4" ]; chown "$2" "$draft"; chmod "$3" "$draft"
if cmp -s "$draft" "$1" && [ "$(stat -c %U:%G:%a "$draft")" = "$(stat -c %U:%G:%a "$1")" ]; then exit 0; fi
mv -f "$draft" "$1"`;

export interface InstalledFile {
  readonly path: string;
  /** `etcd:etcd` */
  readonly owner: string;
  /** `0600`, `600` */
  readonly mode: string;
  readonly text: string;
}

export async function installFile(context: ActionContext, node: NodeName, file: InstalledFile): Promise<void> {
  const argv = [
    'sh',
    '-c',
    script,
    'install-file',
    file.path,
    file.owner,
    file.mode,
    String(Buffer.byteLength(file.text)),
  ];
  await context.exec(node, argv, { input: file.text });
}
