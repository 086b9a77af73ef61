import { type NodeName } from '../model/ids.ts';
import { lookInNode } from './look-in-node.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** A gateway of etcd that runs on a node: it passes TCP connections on to members. */
export interface EtcdGateway {
  /** `127.0.0.1:23790`, unless another one is given. */
  readonly listen: string;
  readonly endpoints: readonly string[];
}

// A bracket, so that whoever passes the pattern on is not found by it.
const pattern = '(^|/)[e]tcd gateway start';

/** The gateways that run on the node, from their command lines. */
export async function etcdGateways(reach: Reach, node: NodeName): Promise<Observed<readonly EtcdGateway[]>> {
  const looked = await lookInNode(reach, node, ['pgrep', '--full', '--list-full', '--', pattern]);
  if (looked.kind === 'unseen') return looked;
  return seen(looked.value.stdout.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseGateway(line)])));
}

/** `1234 etcd gateway start …`; `--name value` and `--name=value` are the same to etcd. */
export function parseGateway(commandLine: string): EtcdGateway {
  const option = (name: string): string | undefined => new RegExp(`--?${name}[= ](\\S+)`).exec(commandLine)?.[1];
  const endpoints = (option('endpoints') ?? '127.0.0.1:2379').split(',').filter((part) => part !== '');
  return { listen: option('listen-addr') ?? '127.0.0.1:23790', endpoints };
}
