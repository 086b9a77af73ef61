import { words, type Words } from '../../model/words.ts';
import { type CertificateFacts } from '../certificate-facts.ts';
import { type TlsFiles } from '../tls-files.ts';

/** A key that its service can't use, or that others can read. */
export function keyTrouble({ publicKey }: CertificateFacts, { key, places }: TlsFiles): readonly Words[] {
  const { key: path, user, certificate } = places;
  if (key === null) return [words(`there is no ${path}`, `il n'y a pas de ${path}`)];
  const { owner, mode } = key;
  const found: Words[] = [];
  if (Number(mode.at(-1)) > 0)
    found.push(
      words(
        `the private key ${path} can be read by everybody (${owner}, mode ${mode})`,
        `la clé privée ${path} est lisible par tout le monde (${owner}, mode ${mode})`,
      ),
    );
  if (!key.readable)
    found.push(
      words(
        `the private key ${path} can't be read by ${user} (${owner}, mode ${mode})`,
        `la clé privée ${path} n'est pas lisible par ${user} (${owner}, mode ${mode})`,
      ),
    );
  if (key.text !== publicKey)
    found.push(
      words(`${path} is not the private key of ${certificate}`, `${path} n'est pas la clé privée de ${certificate}`),
    );
  return found;
}
