import { type NodeName } from '../model/ids.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { verbatim } from '../model/words.ts';
import { type ActionContext } from './kind.ts';

/** As /etc/default/etcd says it: http at first, https after chapter 8. */
export async function advertisedPeerUrl(context: ActionContext, node: NodeName): Promise<string> {
  const found = await context.exec(node, ['sh', '-c', '. /etc/default/etcd; echo "$ETCD_INITIAL_ADVERTISE_PEER_URLS"']);
  const url = found.stdout.trim();
  if (url !== '') return url;
  throw new LabError(
    'etcd-peer-url-missing',
    verbatim(`${node}: /etc/default/etcd: ETCD_INITIAL_ADVERTISE_PEER_URLS`),
    { exit: exitStatus.failed },
  );
}
