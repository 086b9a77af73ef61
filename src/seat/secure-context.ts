import { createSecureContext, DEFAULT_CIPHERS, type SecureContext } from 'node:tls';
import { type TlsFiles } from '../model/seat-question.ts';
import { fileInRoot } from './file-in-root.ts';

/** By what the files hold: making one costs more than the handshake, and a file may change at any time. */
const made = new Map<string, SecureContext>();

/** No weaker than Debian's OpenSSL, and with it curl, lets a key or a signature be. */
const ciphers = `${DEFAULT_CIPHERS}:@SECLEVEL=2`;

/** null where a file is missing or holds something else: curl has to say what. */
export function secureContext({ root, authority, certificate, key }: TlsFiles): SecureContext | null {
  const ca = fileInRoot(root, authority);
  const cert = fileInRoot(root, certificate);
  const secret = fileInRoot(root, key);
  if (ca === null || cert === null || secret === null) return null;
  const held = [ca, cert, secret].join('\0');
  const known = made.get(held);
  if (known !== undefined) return known;
  try {
    const context = createSecureContext({ ca, cert, key: secret, ciphers });
    made.set(held, context);
    return context;
  } catch {
    return null;
  }
}
