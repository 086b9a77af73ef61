import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { certificatesIn } from '../probes/certificate-facts.ts';
import { seen } from '../probes/reach.ts';
import { tlsFiles, type TlsFiles } from '../probes/tls-files.ts';
import { isEtcdMember, memberTls, clientTls } from '../probes/tls-places.ts';
import { certificateTrouble } from '../probes/certificates/certificate-trouble.ts';
import { day } from '../probes/certificates/day.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

interface CertificateObservation {
  readonly files: TlsFiles;
  readonly now: Date;
}

/** The node's certificate for etcd, its key and who may read them, whoever made them. */
export const certificateRight = defineCheck({
  name: 'certificate-right',
  scope: 'node',
  schema: z.strictObject({ days_left: z.number().int().nonnegative().default(0) }),
  withinSeconds: 0,

  async observe(reach, setting) {
    const files = await tlsFiles(reach, checkedNode(setting));
    return files.kind === 'unseen' ? files : seen<CertificateObservation>({ files: files.value, now: new Date() });
  },

  judge({ files, now }, setting, { days_left }): Judgement {
    const node = checkedNode(setting);
    const expected = words(
      `${files.places.certificate} is a certificate that ${node.name} can use`,
      `${files.places.certificate} est un certificat utilisable par ${node.name}`,
    );
    const causes = certificateTrouble(files, { node, now, daysLeft: days_left });
    const shown = summary(files);
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n'), final: true };
  },

  command: ({ workshop, node }) => {
    const { certificate, key } = node !== null && isEtcdMember(workshop, node) ? memberTls : clientTls;
    return `openssl x509 -noout -text -in ${certificate}; ls -l ${key}`;
  },
});

function summary({ certificate }: TlsFiles): Words {
  const [facts] = certificatesIn(certificate?.text ?? '');
  if (facts === undefined) return words('no certificate', 'pas de certificat');
  const usages = facts.usages.join('+') || '-';
  return words(
    `${facts.subject}, ${usages}, until ${day(facts.notAfter)}`,
    `${facts.subject}, ${usages}, jusqu'au ${day(facts.notAfter)}`,
  );
}
