// With certificates that are made as lab makes them for nodes.

import { once } from 'node:events';
import { renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createSilentServer, type Server as SilentServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { labName } from '../../src/model/ids.ts';
import { type SeatAnswer } from '../../src/model/seat-question.ts';
import { type Authority, type CertificateRequest, type IssuedCertificate } from '../../src/pki/authority.ts';
import { openAuthorities } from '../../src/pki/open-authorities.ts';
import { putQuestion } from '../../src/seat/put-question.ts';

const hourMs = 3_600_000;
const tls = { authority: '/tls/ca.crt', certificate: '/tls/own.crt', key: '/tls/own.key' };

describe("a question put with a node's certificate", () => {
  let root = '';
  let authority: Authority;
  let member: IssuedCertificate;
  let client: IssuedCertificate;
  let server: Server | SilentServer | undefined;

  const issue = (change: Partial<CertificateRequest> = {}): Promise<IssuedCertificate> => {
    const [notBefore, notAfter] = [new Date(Date.now() - 2 * hourMs), new Date(Date.now() + hourMs)];
    const request = { unit: 'etcd1', names: [], addresses: ['127.0.0.1'], usages: ['server', 'client'] as const };
    return authority.issue({ ...request, notBefore, notAfter, ...change });
  };
  const inNode = (file: string): string => join(root, file);
  const place = ({ certificate, key }: IssuedCertificate): void => {
    writeFileSync(inNode(tls.certificate), certificate);
    writeFileSync(inNode(tls.key), key);
  };
  const serves = async (
    { certificate: cert, key }: IssuedCertificate,
    onRequest: (serial: string) => string | null,
  ) => {
    const options = { ca: authority.certificate, cert, key, requestCert: true };
    server = createServer(options, (request, response) => {
      const { socket } = request;
      const said = onRequest(socket instanceof TLSSocket ? socket.getPeerCertificate().serialNumber : '');
      if (said !== null) response.end(said);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  };
  const ask = (seconds = 5): Promise<SeatAnswer> => {
    const port = String((server?.address() as AddressInfo).port);
    return putQuestion({ url: `https://127.0.0.1:${port}/v3`, headers: {}, seconds, tls: { root, ...tls } });
  };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'lab-seat-'));
    authority = await openAuthorities(join(root, 'tls'), labName('one'), () => new Date()).own();
    [member, client] = await Promise.all([issue(), issue()]);
  });
  beforeEach(() => {
    writeFileSync(inNode(tls.authority), authority.certificate);
    place(client);
  });
  afterEach(() => {
    if (server !== undefined && 'closeAllConnections' in server) server.closeAllConnections();
    server?.close();
  });
  afterAll(() => rm(root, { recursive: true }));

  test('gets its answer, each time with the certificate that the node has now', async () => {
    const shown: string[] = [];
    await serves(member, (serial) => `${String(shown.push(serial))} é`);
    expect(await ask()).toEqual({ kind: 'answered', body: '1 é' });
    place(member);
    expect(await ask()).toEqual({ kind: 'answered', body: '2 é' });
    expect(new Set(shown).size).toBe(2);
  });

  test('is given up when its time is over, once it was heard', async () => {
    await serves(member, () => null);
    expect(await ask(0.5)).toEqual({ kind: 'timed-out', bytes: 0 });
  });

  const runOut = { notAfter: new Date(Date.now() - hourMs) };
  test.each([
    ['a member whose certificate has run out', runOut, {}],
    ['a member whose certificate is for another address', { addresses: ['127.0.0.2'] }, {}],
    ['a member that refuses the certificate', {}, runOut],
  ])('leaves to curl to say what is wrong with %s', async (_what, ofMember, ofClient) => {
    place(await issue(ofClient));
    await serves(await issue(ofMember), () => 'heard');
    expect(await ask()).toEqual({ kind: 'other' });
  });

  test.each([
    ['is missing', () => rmSync(inNode(tls.key))],
    ['holds something else', () => writeFileSync(inNode(tls.key), 'no key')],
    ["belongs to another's certificate", () => writeFileSync(inNode(tls.key), member.key)],
    [
      'is a symbolic link, which may lead out of the node',
      () => {
        renameSync(inNode(tls.key), inNode('/other.key'));
        symlinkSync(inNode('/other.key'), inNode(tls.key));
      },
    ],
  ])('leaves to curl what to do with a key that %s', async (_what, spoil) => {
    await serves(member, () => 'heard');
    spoil();
    expect(await ask()).toEqual({ kind: 'other' });
    rmSync(inNode(tls.key), { force: true });
  });

  test('leaves to curl who does not answer a handshake', async () => {
    server = createSilentServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    expect(await ask(0.2)).toEqual({ kind: 'other' });
    server.close();
    expect(await putQuestion({ url: 'https://127.0.0.1:1/', headers: {}, seconds: 1, tls: { root, ...tls } })).toEqual({
      kind: 'other',
    });
  });
});
