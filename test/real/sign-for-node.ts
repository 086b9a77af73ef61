// A certificate as a person could have made it: signed by the authority that the node trusts, right but for one thing.

import { join } from 'node:path';
import { labName } from '../../src/model/ids.ts';
import { type CertificateRequest } from '../../src/pki/authority.ts';
import { openAuthorities } from '../../src/pki/open-authorities.ts';
import { type RealLab, testHome } from './real-lab.ts';

const dayMs = 86_400_000;
export const memberFiles = '/etc/etcd/tls/server';
export const clientFiles = '/etc/patroni/tls/client';

/** Put into its place on the node, by `change` other than it should be; `place` is one of the two above. */
export async function signForNode(
  lab: RealLab,
  [node, place]: readonly [string, string],
  change: Partial<CertificateRequest>,
): Promise<void> {
  const trusted = await lab.inNode(node, `cat ${place.replace(/[^/]+$/, '')}ca.crt`);
  const authorities = openAuthorities(join(testHome(), 'authorities'), labName(lab.name), () => new Date());
  const authority = await authorities.withCertificate(trusted);
  if (authority === null) throw new Error('the authority of the nodes is not in this home');
  const usual: CertificateRequest =
    place === memberFiles
      ? { ...lasting(node), names: [node, 'localhost'], addresses: ['10.0.3.64', '127.0.0.1'] }
      : { ...lasting(node), names: [], addresses: [], usages: ['client'] };
  const { certificate, key } = await authority.issue({ ...usual, ...change });
  await putInNode(lab, node, `${place}.key`, key);
  await putInNode(lab, node, `${place}.crt`, certificate);
}

function lasting(unit: string): CertificateRequest {
  return {
    unit,
    names: [],
    addresses: [],
    usages: ['server', 'client'],
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 300 * dayMs),
  };
}

/** Keeps owner and mode of a file that exists. */
export function putInNode(lab: RealLab, node: string, path: string, text: string): Promise<string> {
  return lab.inNode(node, `cat > ${path} <<'END'\n${text}END`);
}
