// A Debian mirror on this machine that hands on what the host's own mirror has, and can be made to die.

import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { editionName } from '../../src/model/ids.ts';
import { editionSources } from '../../src/provider/lxc/images/edition-sources.ts';
import { findKeyring, readHostSources } from '../../src/provider/lxc/images/host-sources.ts';

export interface Mirror {
  /** For --mirror. */
  readonly address: string;
  /** Packages that were handed out, by file name. */
  readonly packages: readonly string[];
  /** From now on it answers nobody once it has handed out so many packages. */
  dieAfter(packages: number): void;
  close(): Promise<void>;
}

export async function startMirror(): Promise<Mirror> {
  const upstream = await hostMirrors();
  const packages: string[] = [];
  let limit = Number.POSITIVE_INFINITY;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (packages.length >= limit) {
      request.socket.destroy();
      return;
    }
    if (path.endsWith('.deb')) {
      // apt asks for the next ones before it has this one: what counts is what was handed out whole.
      response.on('finish', () => {
        packages.push(decodeURIComponent(path.split('/').at(-1) ?? ''));
        if (packages.length >= limit) request.socket.destroySoon();
      });
    }
    handOn(upstream, path, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}/debian`,
    packages,
    dieAfter: (count) => {
      limit = count;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function handOn(upstream: Upstream, path: string, response: ServerResponse): Promise<void> {
  const security = path.startsWith('/debian-security/');
  const rest = path.replace(/^\/debian(-security)?/, '');
  const answer = await fetch((security ? upstream.security : upstream.archive) + rest, { redirect: 'follow' });
  response.writeHead(answer.status, { 'content-length': answer.headers.get('content-length') ?? '' });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

interface Upstream {
  readonly archive: string;
  readonly security: string;
}

async function hostMirrors(): Promise<Upstream> {
  const host = await readHostSources();
  const sources = editionSources({ edition: editionName('x'), host, mirror: undefined, keyring: await findKeyring() });
  const uri = (suite: string): string =>
    sources.find((source) => source.suite === suite)?.uris[0]?.replace(/\/$/, '') ?? '';
  return { archive: uri('x'), security: uri('x-security') };
}
