// Who gets in at a member's client port: tried from outside, without a word to the cluster.

import { type CommandResult } from '../model/command.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { curl } from './curl.ts';
import { etcdClientPort } from './etcd.ts';
import { lookInNode, lookOnNetwork } from './look-in-node.ts';
import { patroniNodes } from './patroni.ts';
import { seen, type Observed, type Reach } from './reach.ts';

export type DoorAnswer = 'open' | 'refused' | 'silent';

const knocker = curl(2);

/** A client that speaks http. */
export function plainDoor(reach: Reach, { address }: NodeDefinition): Promise<Observed<DoorAnswer>> {
  return knock(reach, [...knocker, `http://${address}:${String(etcdClientPort)}/version`]);
}

/** One that speaks https and shows nothing; whom it speaks to it does not ask here. */
export function anonymousDoor(reach: Reach, { address }: NodeDefinition): Promise<Observed<DoorAnswer>> {
  return knock(reach, [...knocker, '--insecure', `https://${address}:${String(etcdClientPort)}/version`]);
}

/** The certificate that Debian makes for each machine with PostgreSQL: signed by itself. */
const strangers = {
  certificate: '/etc/ssl/certs/ssl-cert-snakeoil.pem',
  key: '/etc/ssl/private/ssl-cert-snakeoil.key',
};

/** One with a certificate of another authority; null: there is none to try it with. */
export async function strangersDoor(reach: Reach, { address }: NodeDefinition): Promise<Observed<DoorAnswer | null>> {
  const from = patroniNodes(reach.workshop).find(({ name }) => reach.observation.nodes.get(name) === 'running');
  if (from === undefined) return seen(null);
  const there = await lookInNode(reach, from.name, ['test', '-r', strangers.key]);
  if (there.kind === 'unseen') return there;
  if (there.value.exitStatus !== 0) return seen(null);
  const certificate = ['--cert', strangers.certificate, '--key', strangers.key];
  const url = `https://${address}:${String(etcdClientPort)}/version`;
  const looked = await lookInNode(reach, from.name, [...knocker, '--insecure', ...certificate, url]);
  return looked.kind === 'unseen' ? looked : seen(answerOf(looked.value));
}

async function knock(reach: Reach, argv: readonly string[]): Promise<Observed<DoorAnswer>> {
  const looked = await lookOnNetwork(reach, argv);
  return looked.kind === 'unseen' ? looked : seen(answerOf(looked.value));
}

// curl's exit statuses: 7 nobody listens there, 28 --max-time is over.
function answerOf({ exitStatus, stdout }: CommandResult): DoorAnswer {
  if (exitStatus === 7 || exitStatus === 28) return 'silent';
  return exitStatus === 0 && stdout.includes('"etcdserver"') ? 'open' : 'refused';
}
