import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { etcdClientPort, type EtcdAnswer } from '../probes/etcd.ts';
import { etcdStatus, type EtcdStatus } from '../probes/etcd-status.ts';
import { listeningSockets, type ListeningSocket } from '../probes/listening-sockets.ts';
import { seen, type Observed, type Reach } from '../probes/reach.ts';
import { serviceState, type ServiceState } from '../probes/service-state.ts';
import { takesConnectionsTo, unreachablePort } from './unreachable-port.ts';
import { whyServiceIsDown } from './why-service-is-down.ts';

/** What tells why a member gives no answer, or not the one that was hoped for. */
export interface EtcdTrouble {
  readonly service: ServiceState;
  readonly sockets: readonly ListeningSocket[];
  /** Every member of the target, this one included. */
  readonly members: readonly { readonly node: NodeDefinition; readonly status: EtcdAnswer<EtcdStatus> }[];
}

/** Looked at only once `node` gave no answer, or not a good one; a silent member isn't made to wait for twice. */
export async function lookForEtcdTrouble(
  reach: Reach,
  node: NodeDefinition,
  members: readonly NodeDefinition[],
  answer: EtcdAnswer<unknown>,
): Promise<Observed<EtcdTrouble>> {
  const [service, sockets, ...statuses] = await Promise.all([
    serviceState(reach, node.name, 'etcd'),
    listeningSockets(reach, node.name),
    ...members.map((member) =>
      member.name === node.name && answer.kind === 'silence'
        ? Promise.resolve(seen(answer))
        : etcdStatus(reach, member),
    ),
  ]);
  if (service.kind === 'unseen') return service;
  if (sockets.kind === 'unseen') return sockets;
  const rows: EtcdTrouble['members'][number][] = [];
  for (const [index, status] of statuses.entries()) {
    const member = members[index];
    if (status.kind === 'unseen') return status;
    if (member !== undefined) rows.push({ node: member, status: status.value });
  }
  return seen({ service: service.value, sockets: sockets.value, members: rows });
}

/** The likely cause, from the nearest to the farthest: the service, its socket, the other members. */
export function etcdTroubleWords(trouble: EtcdTrouble, node: NodeDefinition, answer: EtcdAnswer<unknown>): Words {
  if (answer.kind === 'error' && answer.message.startsWith('404')) return noGateway;
  if (answer.kind === 'error' && answer.message.includes('not supported for learner')) return learner;
  const refused = answer.kind === 'silence' ? /^curl: \(60\) (?<why>.+)/.exec(answer.text)?.groups?.['why'] : undefined;
  if (refused !== undefined) return certificateRefused(refused);
  const down = whyServiceIsDown(trouble.service, node.name);
  if (down !== null) return down.cause;
  if (!trouble.sockets.some((socket) => socket.port === etcdClientPort && takesConnectionsTo(socket, node.address))) {
    return unreachablePort(etcdClientPort, trouble.sockets, node.address);
  }
  return quorumWords(trouble.members);
}

/** etcd 3.4 with --config-file leaves it out unless told otherwise; etcdctl works all the same. */
const noGateway = words(
  'its JSON gateway is switched off, which Patroni and these checks need: `enable-grpc-gateway: true` in the configuration file',
  'sa passerelle JSON est désactivée, or Patroni et ces vérifications en ont besoin : `enable-grpc-gateway: true` dans le fichier de configuration',
);

const learner = words(
  'it is a learner, which copies and has no vote: `etcdctl member promote` makes a full member of it',
  "c'est un « learner », qui recopie sans avoir de voix : `etcdctl member promote` en fait un membre à part entière",
);

/** curl's exit status 60: who connects does not accept the certificate that the member shows. */
function certificateRefused(why: string): Words {
  return words(
    `whoever connects refuses the certificate that it shows (${why})`,
    `qui s'y connecte refuse le certificat qu'il présente (${why})`,
  );
}

function quorumWords(members: EtcdTrouble['members']): Words {
  const silent = members.filter(({ status }) => status.kind !== 'answer').map(({ node }) => node.name);
  const majority = Math.floor(members.length / 2) + 1;
  const answering = members.length - silent.length;
  if (answering >= majority) {
    return words(
      `${String(answering)} of ${String(members.length)} members answer, but this one sees no leader: it has not (re)joined the others yet, or belongs to another cluster`,
      `${String(answering)} membres sur ${String(members.length)} répondent, mais celui-ci ne voit pas de leader : il n'a pas encore rejoint les autres, ou appartient à un autre cluster`,
    );
  }
  return words(
    `no quorum: ${silent.join(' and ')} ${silent.length === 1 ? 'does' : 'do'} not answer, ${String(answering)} of ${String(members.length)} members ${answering === 1 ? 'is' : 'are'} left and ${String(majority)} are needed`,
    `pas de quorum : ${silent.join(' et ')} ne ${silent.length === 1 ? 'répond' : 'répondent'} pas ; il reste ${String(answering)} membre${answering > 1 ? 's' : ''} sur ${String(members.length)}, il en faut ${String(majority)}`,
  );
}
