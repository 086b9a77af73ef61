import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, verbatim, words } from '../model/words.ts';
import { privateKeys, type PrivateKeyFile } from '../probes/private-keys.ts';
import { seen } from '../probes/reach.ts';
import { tlsFiles, type TlsFiles } from '../probes/tls-files.ts';
import { trustedAuthorities } from '../probes/certificates/trusted-authorities.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

interface KeysObservation {
  readonly files: TlsFiles;
  readonly keys: readonly PrivateKeyFile[];
}

/** Whoever has the authority's key can make certificates for everybody: it is on no node. */
export const authorityKeyAbsent = defineCheck({
  name: 'authority-key-absent',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 0,

  async observe(reach, setting) {
    const node = checkedNode(setting);
    const [files, keys] = await Promise.all([tlsFiles(reach, node), privateKeys(reach, node.name)]);
    if (files.kind === 'unseen') return files;
    return keys.kind === 'unseen' ? keys : seen<KeysObservation>({ files: files.value, keys: keys.value });
  },

  judge({ files, keys }, setting): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(`no key of the authority on ${name}`, `pas de clé de l'autorité sur ${name}`);
    const authorities = new Set(trustedAuthorities(files).map(({ publicKey }) => publicKey));
    const found = keys.filter(({ publicKey }) => authorities.has(publicKey));
    if (found.length === 0) return { verdict: 'pass', expected, seen: words('none', 'aucune') };
    const causes = found.map(({ path }) =>
      words(
        `${path} on ${name} is the authority's private key: whoever gets into this node can sign certificates for every other. Remove it, and keep it where no client and no server runs`,
        `${path} sur ${name} est la clé privée de l'autorité : qui entre dans ce nœud peut signer des certificats pour tous les autres. Supprimez-la, et gardez-la là où ne tourne ni client ni serveur`,
      ),
    );
    const shown = verbatim(found.map(({ path }) => path).join(', '));
    return { verdict: 'fail', expected, seen: shown, cause: joinWords(causes, '\n'), final: true };
  },

  command: () => "grep -rlsI -e '-----BEGIN .*PRIVATE KEY-----' /etc /root /home /tmp /srv",
});
