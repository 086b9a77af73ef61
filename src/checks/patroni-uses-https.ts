import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { certificatesIn } from '../probes/certificate-facts.ts';
import { etcdSection, type EtcdSection, patroniConfiguration } from '../probes/etcd-section.ts';
import { seen } from '../probes/reach.ts';
import { tlsFiles, type TlsFiles } from '../probes/tls-files.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

const schema = z.strictObject({
  /** The user of etcd that Patroni is; without it no user is asked for. */
  username: z.string().optional(),
  password: z.string().optional(),
});

interface SectionObservation {
  readonly section: EtcdSection | null;
  readonly files: TlsFiles;
}

/** Patroni's file says https, with authority and certificate, and as whom. That Patroni works with it, others check. */
export const patroniUsesHttps = defineCheck({
  name: 'patroni-uses-https',
  scope: 'node',
  schema,
  withinSeconds: 0,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [section, files] = await Promise.all([etcdSection(reach, node.name), tlsFiles(reach, node)]);
    if (section.kind === 'unseen') return section;
    if (files.kind === 'unseen') return files;
    return seen<SectionObservation>({ section: section.value, files: files.value });
  },

  judge({ section, files }, _setting, account): Judgement {
    const expected =
      account.username === undefined
        ? words('Patroni speaks https to etcd, with its certificate', 'Patroni parle https à etcd, avec son certificat')
        : words(
            `Patroni is the user ${account.username} of etcd`,
            `Patroni est l'utilisateur ${account.username} d'etcd`,
          );
    const causes = [
      ...sectionTrouble(section),
      ...(account.username === undefined ? [] : accountTrouble(section, files, account)),
    ];
    const shown = words(
      `protocol ${section?.protocol ?? '-'}, user ${section?.username ?? '-'}`,
      `protocole ${section?.protocol ?? '-'}, utilisateur ${section?.username ?? '-'}`,
    );
    if (causes.length === 0) return { verdict: 'pass', expected, seen: shown };
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n'), final: true };
  },

  command: () => `sed -n '/^etcd3:/,/^[a-z]/p' ${patroniConfiguration}`,
});

function sectionTrouble(section: EtcdSection | null): readonly Words[] {
  if (section === null)
    return [
      words(
        `${patroniConfiguration} has no section \`etcd3:\``,
        `${patroniConfiguration} n'a pas de section \`etcd3:\``,
      ),
    ];
  const found: Words[] = [];
  if (section.protocol !== 'https')
    found.push(
      words(
        `${patroniConfiguration}: Patroni still speaks ${section.protocol} to etcd: \`protocol: https\` is missing under \`etcd3:\``,
        `${patroniConfiguration} : Patroni parle encore ${section.protocol} à etcd : il manque \`protocol: https\` sous \`etcd3:\``,
      ),
    );
  const missing = (['cacert', 'cert', 'key'] as const).filter((name) => section[name] === null);
  if (missing.length > 0)
    found.push(
      words(
        `${patroniConfiguration}: \`${missing.join('`, `')}\` missing under \`etcd3:\``,
        `${patroniConfiguration} : il manque \`${missing.join('`, `')}\` sous \`etcd3:\``,
      ),
    );
  return found;
}

function accountTrouble(
  section: EtcdSection | null,
  { certificate, places }: TlsFiles,
  { username = '', password }: z.infer<typeof schema>,
): readonly Words[] {
  const found: Words[] = [];
  if (section !== null && section.username !== username)
    found.push(
      words(
        `${patroniConfiguration}: \`username: ${username}\` is missing under \`etcd3:\``,
        `${patroniConfiguration} : il manque \`username: ${username}\` sous \`etcd3:\``,
      ),
    );
  else if (section !== null && password !== undefined && section.password !== password)
    found.push(
      words(
        `${patroniConfiguration}: \`password\` under \`etcd3:\` is not the password of ${username}`,
        `${patroniConfiguration} : \`password\` sous \`etcd3:\` n'est pas le mot de passe de ${username}`,
      ),
    );
  const [facts] = certificatesIn(certificate?.text ?? '');
  if (facts !== undefined && facts.commonName !== null)
    found.push(
      words(
        `${places.certificate} has a common name (${facts.commonName}): with authentication on, etcd takes it for a user's name, and its gateway refuses Patroni, whatever password it gives. Sign one without CN`,
        `${places.certificate} a un nom commun (${facts.commonName}) : l'authentification activée, etcd le prend pour un nom d'utilisateur, et sa passerelle refuse Patroni, quel que soit le mot de passe. Signez-en un sans CN`,
      ),
    );
  return found;
}
