import { chaptersUpTo } from '../model/chapters-up-to.ts';
import { type ChapterId } from '../model/ids.ts';
import { type CertificateStatus } from '../model/lab-status.ts';
import { settleAll } from '../model/settle-all.ts';
import { certificatesIn } from '../probes/certificate-facts.ts';
import { type Reach } from '../probes/reach.ts';
import { tlsFiles } from '../probes/tls-files.ts';
import { tlsNodes } from '../probes/tls-places.ts';

/** null before the chapter that makes them. Nodes that don't run, or have none, are left out. */
export async function observeCertificates(
  reach: Reach,
  chapter: ChapterId,
): Promise<readonly CertificateStatus[] | null> {
  const { workshop } = reach;
  const actions = chaptersUpTo(workshop, chapter).flatMap(({ steps }) => steps.flatMap((step) => step.actions));
  if (!actions.some(({ kind }) => kind === 'issue-certificates')) return null;
  const running = tlsNodes(workshop).filter(({ name }) => reach.observation.nodes.get(name) === 'running');
  const now = new Date();
  const rows = await settleAll(
    running.map(async (node): Promise<readonly CertificateStatus[]> => {
      const files = await tlsFiles(reach, node);
      const [facts] = files.kind === 'seen' ? certificatesIn(files.value.certificate?.text ?? '') : [];
      if (files.kind === 'unseen' || facts === undefined) return [];
      const { subject, names, addresses, usages, notBefore, notAfter } = facts;
      const valid = notBefore <= now && now < notAfter;
      const path = files.value.places.certificate;
      return [{ node: node.name, path, subject, names: [...names, ...addresses], usages, notBefore, notAfter, valid }];
    }),
  );
  return rows.flat();
}
