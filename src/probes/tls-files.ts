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

// No value in it: user and paths are its arguments. Programs are dear, so there is one for what is asked of all files.
const script = `user=$1; shift
stat -L -c '%U:%G %a %n' -- "$@" 2>/dev/null
echo '== readable'
setpriv --reuid="$user" --regid="$user" --init-groups -- sh -c 'for file; do [ -r "$file" ] && echo "$file"; done' sh "$@"
for file in "$@"; do
  echo "== $file"
  text=$(cat -- "$file" 2>/dev/null)
  case $text in
    *'PRIVATE KEY-----'*) openssl pkey -in "$file" -passin pass: -pubout 2>/dev/null ;;
    *) printf '%s\\n' "$text" ;;
  esac
done`;

export async function tlsFiles(reach: Reach, node: NodeDefinition): Promise<Observed<TlsFiles>> {
  const places = await tlsPlaces(reach, node);
  if (places.kind === 'unseen') return places;
  const { user, authority, certificate, key } = places.value;
  const looked = await lookInNode(reach, node.name, ['sh', '-c', script, 'sh', user, authority, certificate, key]);
  if (looked.kind === 'unseen') return looked;
  const files = parseTlsFiles(looked.value.stdout);
  const [first, second, third] = files;
  if (first !== undefined && second !== undefined && third !== undefined && files.length === 3)
    return seen({ places: places.value, authority: first, certificate: second, key: third });
  const why = looked.value.stderr.trim();
  return unseen(
    words(
      `the certificates on ${node.name} could not be read: ${why}`,
      `les certificats sur ${node.name} n'ont pas pu être lus : ${why}`,
    ),
  );
}

/** The files in the order in which they were asked for; null: there is no such file. */
export function parseTlsFiles(output: string): readonly (TlsFile | null)[] {
  const [found = '', readable = '', ...texts] = output.split(/^== /m);
  const owners = new Map(
    Array.from(found.matchAll(/^(\S+) (\d+) (.*)$/gm), ([, owner = '', mode = '', path = '']) => [
      path,
      { owner, mode },
    ]),
  );
  const readables = readable.split('\n').slice(1);
  return texts.map((text) => {
    const end = text.indexOf('\n');
    const path = text.slice(0, end);
    const of = owners.get(path);
    if (of === undefined) return null;
    const { owner, mode } = of;
    return { owner, mode: mode.padStart(4, '0'), readable: readables.includes(path), text: text.slice(end + 1).trim() };
  });
}
