// A certificate as a person could have made it: signed by the authority that the node trusts, right but for what is said.

import { createHash, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authoritiesDirectory } from '../../src/model/home-paths.ts';
import { labName } from '../../src/model/ids.ts';
import { type NodeDefinition } from '../../src/model/workshop.ts';
import { type CertificateChange } from '../../src/model/wrong-state.ts';
import { type CertificateRequest } from '../../src/pki/authority.ts';
import { openAuthorities } from '../../src/pki/open-authorities.ts';
import { type RealLab } from '../real/lab-runner.ts';

const dayMs = 86_400_000;
const files = { server: '/etc/etcd/tls/server', client: '/etc/patroni/tls/client' };

/** Put into its place on the node; owners and modes of the files that are there stay. */
export async function signForNode(lab: RealLab, node: NodeDefinition, change: CertificateChange): Promise<void> {
  const place = files[change.of];
  const authorities = openAuthorities(authoritiesDirectory(lab.home), labName(lab.name), () => new Date());
  const authority = await authorities.withCertificate(await trustedBy(lab, node, place));
  if (authority === null) throw new Error(`the authority that ${node.name} trusts is not in this home`);
  const { certificate, key } = await authority.issue(requestFor(node, change));
  await putInNode(lab, node.name, `${place}.key`, key);
  await putInNode(lab, node.name, `${place}.crt`, certificate);
}

/** The private key of the authority that the node's member of etcd trusts, put on that node. */
export async function putAuthorityKey(lab: RealLab, node: NodeDefinition, path: string): Promise<void> {
  const { raw } = new X509Certificate(await trustedBy(lab, node, files.server));
  const name = createHash('sha256').update(raw).digest('hex');
  const key = await readFile(join(authoritiesDirectory(lab.home), `${name}.pem`), 'utf8');
  await putInNode(lab, node.name, path, key);
}

function trustedBy(lab: RealLab, node: NodeDefinition, place: string): Promise<string> {
  return lab.inNode(node.name, `cat ${place.replace(/[^/]+$/, '')}ca.crt`);
}

function requestFor(node: NodeDefinition, change: CertificateChange): CertificateRequest {
  const ofMember = change.of === 'server';
  return {
    unit: node.name,
    names: change.names ?? (ofMember ? [node.name, 'localhost'] : []),
    addresses: change.addresses ?? (ofMember ? [node.address, '127.0.0.1'] : []),
    usages: change.usages ?? (ofMember ? ['server', 'client'] : ['client']),
    notBefore: inDays(change.validFrom ?? -1),
    notAfter: inDays(change.validUntil ?? 300),
  };
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * dayMs);
}

function putInNode(lab: RealLab, node: string, path: string, text: string): Promise<string> {
  return lab.inNode(node, `cat > ${path} <<'END'\n${text}END`);
}
