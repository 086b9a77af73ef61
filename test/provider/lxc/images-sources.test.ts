import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editionName } from '../../../src/model/ids.ts';
import { aptConfiguration } from '../../../src/provider/lxc/images/apt-configuration.ts';
import { parseListFile, parseSourcesFile } from '../../../src/provider/lxc/images/apt-sources.ts';
import { editionSources, sourcesFile } from '../../../src/provider/lxc/images/edition-sources.ts';
import { findKeyring, readHostSources } from '../../../src/provider/lxc/images/host-sources.ts';

const debian12 = `
Types: deb deb-src
# a comment in between
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;

describe("the host's apt sources", () => {
  it('are read from deb822 files', () => {
    expect(parseSourcesFile(debian12)).toEqual([
      {
        uris: ['http://mirror.example/debian'],
        suites: ['bookworm', 'bookworm-updates'],
        components: ['main', 'contrib'],
        signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
        trusted: false,
      },
      expect.objectContaining({ suites: ['bookworm-security'] }),
    ]);
  });

  it('leave out what is disabled and what is source code only', () => {
    const text = `Types: deb-src\nURIs: http://a/debian\nSuites: sid\nComponents: main\n\nEnabled: no\nTypes: deb\nURIs: http://b/debian\nSuites: sid\nComponents: main\n`;
    expect(parseSourcesFile(text)).toEqual([]);
  });

  it('keep a key that stands in the file itself, with its lines', () => {
    const key = '\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n mDMEY\n -----END PGP PUBLIC KEY BLOCK-----';
    const [source] = parseSourcesFile(
      `Types: deb\nURIs: http://a/debian\nSuites: sid\nComponents: main\nSigned-By:${key}\n`,
    );
    const signedBy = source?.signedBy ?? '';
    expect(signedBy.split('\n')).toHaveLength(4);
    const written = sourcesFile([
      { uris: ['http://a/debian'], suite: 'trixie', signedBy, trusted: false, needed: true },
    ]);
    expect(parseSourcesFile(written)[0]?.signedBy).toBe(signedBy);
  });

  it('are read from one-line files', () => {
    const text = [
      '# deb http://commented.example/debian bookworm main',
      'deb http://plain.example/debian bookworm main contrib # the rest',
      'deb-src http://plain.example/debian bookworm main',
      'deb [ arch=amd64 signed-by=/k.gpg trusted=yes ] https://opt.example/debian bookworm-updates main',
    ].join('\n');
    expect(parseListFile(text)).toEqual([
      {
        uris: ['http://plain.example/debian'],
        suites: ['bookworm'],
        components: ['main', 'contrib'],
        signedBy: undefined,
        trusted: false,
      },
      {
        uris: ['https://opt.example/debian'],
        suites: ['bookworm-updates'],
        components: ['main'],
        signedBy: '/k.gpg',
        trusted: true,
      },
    ]);
  });

  it('come from all of its files', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'lab-apt-'));
    await mkdir(join(directory, 'sources.list.d'));
    await writeFile(join(directory, 'sources.list'), 'deb http://a/debian bookworm main\n');
    await writeFile(join(directory, 'sources.list.d', 'b.list'), 'deb http://b/debian bookworm main\n');
    await writeFile(join(directory, 'sources.list.d', 'c.sources'), debian12);
    await writeFile(join(directory, 'sources.list.d', 'd.sources.disabled'), debian12.replaceAll('mirror', 'no'));
    const uris = (await readHostSources(directory)).flatMap((source) => source.uris);
    await rm(directory, { recursive: true });
    expect(uris).toEqual([
      'http://a/debian',
      'http://b/debian',
      'http://mirror.example/debian',
      'http://mirror.example/debian-security',
    ]);
  });

  it('may be none at all', async () => {
    expect(await readHostSources('/no/such/directory')).toEqual([]);
    expect(await findKeyring('/no/such/directory')).toBeUndefined();
  });
});

describe("an edition's sources", () => {
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const from = (host: string, edition = 'trixie') =>
    editionSources({
      edition: editionName(edition),
      host: [...parseListFile(host), ...parseSourcesFile(host)],
      mirror: undefined,
      keyring,
    });
  const lines = (sources: ReturnType<typeof from>) =>
    sources.map((source) => `${source.uris.join(' ')} ${source.suite}`);

  it("are the host's mirrors with the edition's suites", () => {
    expect(lines(from(debian12))).toEqual([
      'http://mirror.example/debian trixie',
      'http://mirror.example/debian trixie-updates',
      'http://mirror.example/debian-security trixie-security',
    ]);
  });

  it('need the edition itself; the others are left out where a mirror lacks them', () => {
    expect(from(debian12).map((source) => source.needed)).toEqual([true, false, false]);
  });

  it('are not those of another archive that uses the same suite names', () => {
    const host = [
      'deb [signed-by=/usr/share/keyrings/vendor.gpg] https://vendor.example/apt bookworm main',
      'deb https://packages.example/debian/12/prod bookworm main',
      'deb https://download.example/linux/debian bookworm stable',
      'deb http://mirror.example/pub/debian/ bookworm main',
      'deb http://mirror.example/pub/debian/ bookworm-updates main',
    ].join('\n');
    expect(lines(from(host))).toEqual([
      'http://mirror.example/pub/debian/ trixie',
      'http://mirror.example/pub/debian/ trixie-updates',
    ]);
  });

  it('are signed by what the host says, or else by the keyring of Debian', () => {
    expect(from('deb [signed-by=/my.gpg] http://a/debian stable main').map((source) => source.signedBy)).toEqual([
      '/my.gpg',
      '/my.gpg',
    ]);
    expect(from('deb http://a/debian stable main')[0]?.signedBy).toBe(keyring);
  });

  it('understand a mirror list of a cloud image and the old name of the security suite', () => {
    const host =
      'deb mirror+file:/etc/apt/mirrors/debian.list bullseye main\ndeb http://sec/debian-security bullseye/updates main\n';
    expect(lines(from(host, 'bookworm'))).toEqual([
      'mirror+file:/etc/apt/mirrors/debian.list bookworm',
      'mirror+file:/etc/apt/mirrors/debian.list bookworm-updates',
      'http://sec/debian-security bookworm-security',
    ]);
  });

  it('are unknown on a host of another family, and --mirror helps', () => {
    const ubuntu =
      'deb http://archive.example/ubuntu noble main\ndeb http://archive.example/ubuntu noble-security main\ndeb cdrom:[Debian]/ bookworm main\n';
    expect(() => from(ubuntu)).toThrow(expect.objectContaining({ code: 'mirror-unknown', exit: 4 }));
    const given = editionSources({
      edition: editionName('trixie'),
      host: parseListFile(ubuntu),
      mirror: 'http://given/debian/',
      keyring,
    });
    expect(lines(given)).toEqual([
      'http://given/debian trixie',
      'http://given/debian trixie-updates',
      'http://given/debian-security trixie-security',
    ]);
  });

  it('with --mirror need the keyring, and an address', () => {
    const given = (mirror: string, ring: string | undefined) => () =>
      editionSources({ edition: editionName('trixie'), host: [], mirror, keyring: ring });
    expect(given('http://given/debian', undefined)).toThrow(
      expect.objectContaining({ code: 'keyring-missing', exit: 4 }),
    );
    for (const wrong of ['given', 'http: //given', '/srv/mirror', '']) {
      expect(given(wrong, keyring), wrong).toThrow(expect.objectContaining({ code: 'mirror-malformed', exit: 2 }));
    }
    for (const right of ['https://given', 'file:/srv/mirror', 'mirror+file:/etc/list'])
      expect(given(right, keyring)).not.toThrow();
  });
});

describe("lab's own apt", () => {
  const text = aptConfiguration({
    directory: '/home/apt',
    architecture: 'arm64',
    hostConfiguration: [
      'APT::Update::Post-Invoke-Success:: "touch /evil";',
      'Acquire::http::Proxy "http://proxy:3128";',
      'Acquire::IndexTargets::deb::Contents-deb "";',
      'Acquire::Languages "fr";',
      'Dir::Etc "/etc/apt";',
    ].join('\n'),
  });

  it("keeps the host's proxy and takes nothing else of its configuration", () => {
    expect(text).toContain('Acquire::http::Proxy "http://proxy:3128";');
    for (const foreign of ['evil', 'IndexTargets', '"fr"', 'Dir::Etc "/etc/apt"']) expect(text).not.toContain(foreign);
  });

  it('reads and writes in its own directory, for one architecture', () => {
    for (const line of [
      'Dir::Etc "/home/apt/etc";',
      'Dir::State::status "/home/apt/status";',
      'APT::Architectures { "arm64"; };',
    ]) {
      expect(text).toContain(line);
    }
  });
});
