import { type NodeName } from '../model/ids.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** A private key somewhere in a node; what it belongs to is told by its public part. */
export interface PrivateKeyFile {
  readonly path: string;
  /** PEM. */
  readonly publicKey: string;
}

// Where people and packages put keys; the data of etcd and PostgreSQL is left out. No value in it.
const script = `find /etc /root /home /tmp /var/tmp /srv /opt /usr/local /var/lib/etcd /var/lib/postgresql -xdev -maxdepth 6 \\
  \\( -name member -o -name base -o -name pg_wal \\) -prune -o -type f -size -64k -exec grep -lIs -e '-----BEGIN .*PRIVATE KEY-----' {} + 2>/dev/null |
while IFS= read -r file; do echo "== $file"; openssl pkey -in "$file" -passin pass: -pubout 2>/dev/null; done`;

/** Those that open without a password. */
export async function privateKeys(reach: Reach, node: NodeName): Promise<Observed<readonly PrivateKeyFile[]>> {
  const looked = await lookInNode(reach, node, ['sh', '-c', script]);
  if (looked.kind === 'unseen') return looked;
  const files = looked.value.stdout.split(/^== /m).slice(1);
  return seen(
    files.map((text) => {
      const end = text.indexOf('\n');
      return { path: text.slice(0, end), publicKey: text.slice(end + 1).trim() };
    }),
  );
}
