import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const makePair = promisify(generateKeyPair);

/** RSA since node-forge signs nothing else. Made in Node's thread pool: many at a time keep the event loop free. */
export async function makeKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return makePair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
