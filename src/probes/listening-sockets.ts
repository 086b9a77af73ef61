import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, unseen, type Observed, type Reach } from './reach.ts';

/** A TCP socket on which a program of the node waits for connections. */
export interface ListeningSocket {
  /** `10.0.3.64`, `127.0.0.1`, `::1`; `*` when it takes connections to every address. */
  readonly address: string;
  readonly port: number;
  /** `etcd`; null when ss could not tell. */
  readonly program: string | null;
}

export async function listeningSockets(reach: Reach, node: NodeName): Promise<Observed<readonly ListeningSocket[]>> {
  const looked = await lookInNode(reach, node, [
    'ss',
    '--no-header',
    '--listening',
    '--tcp',
    '--numeric',
    '--processes',
  ]);
  if (looked.kind === 'unseen') return looked;
  const { exitStatus, stdout, stderr } = looked.value;
  if (exitStatus === 0) return seen(parseListeningSockets(stdout));
  const why = stderr.trim();
  return unseen(words(`ss on ${node} failed: ${why}`, `ss a échoué sur ${node} : ${why}`));
}

/** `output`: of `ss -Hltnp`: state, two queues, local address and port, peer, users. */
export function parseListeningSockets(output: string): readonly ListeningSocket[] {
  return output.split('\n').flatMap((line) => {
    const local = line.trim().split(/\s+/)[3];
    const [, address, port] = /^(.*):(\d+)$/.exec(local ?? '') ?? [];
    if (address === undefined || port === undefined) return [];
    const bare = address.replace(/^\[|\]$|%.*$/g, '');
    const program = /users:\(\("([^"]+)"/.exec(line)?.[1] ?? null;
    return [{ address: ['0.0.0.0', '::', '*'].includes(bare) ? '*' : bare, port: Number(port), program }];
  });
}
