import { type NodeDefinition } from '../model/workshop.ts';
import { lookOnNetwork } from './look-in-node.ts';
import { patroniCurl, patroniUrl } from './patroni-rest.ts';
import { seen, type Observed, type Reach } from './reach.ts';

/** The HTTP status of an endpoint for load balancers (`/sync`); null: no answer. */
export async function patroniEndpoint(
  reach: Reach,
  node: NodeDefinition,
  path: string,
): Promise<Observed<number | null>> {
  const url = patroniUrl(node, path);
  const argv = [...patroniCurl(url).slice(0, -1), '--output', '/dev/null', '--write-out', '%{http_code}', url];
  const looked = await lookOnNetwork(reach, argv);
  if (looked.kind === 'unseen') return looked;
  const status = Number(looked.value.stdout);
  return seen(looked.value.exitStatus === 0 && status > 0 ? status : null);
}
