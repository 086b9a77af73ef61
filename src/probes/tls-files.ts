// The files of a node's TLS, as they are on disk: certificates as text, of the key only its public part.

import { type NodeDefinition } from '../model/workshop.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';
import { tlsPlaces, type TlsPlaces } from './tls-places.ts';

export interface TlsFile {
  /** `etcd:etcd 600`. */
  readonly owner: string;
  readonly mode: string;
  /** The service's user can read it. */
  readonly readable: boolean;
  /** Of a key: the public key that belongs to it, PEM; empty when it is no key. */
  readonly text: string;
}

export interface TlsFiles {
  readonly places: TlsPlaces;
  /** null: there is no such file. */
  readonly authority: TlsFile | null;
  readonly certificate: TlsFile | null;
  readonly key: TlsFile | null;
}

// No value in it: user and paths are its arguments.
const script = `user=$1; shift
for file in "$@"; do
  echo "== $(stat -L -c '%U:%G %a' -- "$file" 2>/dev/null) $(runuser -u "$user" -- test -r "$file" && echo readable)"
  if grep -qs 'PRIVATE KEY-----' -- "$file"; then openssl pkey -in "$file" -passin pass: -pubout 2>/dev/null
  else cat -- "$file" 2>/dev/null; echo; fi
done`;

export async function tlsFiles(reach: Reach, node: NodeDefinition): Promise<Observed<TlsFiles>> {
  const places = await tlsPlaces(reach, node);
  if (places.kind === 'unseen') return places;
  const { user, authority, certificate, key } = places.value;
  const looked = await lookInNode(reach, node.name, ['sh', '-c', script, 'sh', user, authority, certificate, key]);
  if (looked.kind === 'unseen') return looked;
  const [first, second, third, ...more] = looked.value.stdout.split(/^== /m).slice(1).map(readFile);
  if (first !== undefined && second !== undefined && third !== undefined && more.length === 0)
    return seen({ places: places.value, authority: first, certificate: second, key: third });
  const why = looked.value.stderr.trim();
  return unseen(
    words(
      `the certificates on ${node.name} could not be read: ${why}`,
      `les certificats sur ${node.name} n'ont pas pu être lus : ${why}`,
    ),
  );
}

function readFile(text: string): TlsFile | null {
  const end = text.indexOf('\n');
  const [owner = '', mode = '', readable = ''] = text.slice(0, end).split(' ');
  if (mode === '') return null;
  return { owner, mode: mode.padStart(4, '0'), readable: readable === 'readable', text: text.slice(end + 1).trim() };
}
