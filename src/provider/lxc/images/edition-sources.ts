// Where the packages of an edition come from: the host's own Debian mirrors, with the edition's suites. Pure.

import { exitStatus, LabError } from '../../../model/errors.ts';
import { type EditionName } from '../../../model/ids.ts';
import { words } from '../../../model/words.ts';
import { type AptSource } from './apt-sources.ts';

export interface EditionSource {
  readonly uris: readonly string[];
  readonly suite: string;
  readonly signedBy: string | undefined;
  readonly trusted: boolean;
  /** A mirror may not have it (an archive without updates): then it is left out. The edition itself is needed. */
  readonly needed: boolean;
}

export interface EditionSourcesInput {
  readonly edition: EditionName;
  /** What the host's apt is configured with. */
  readonly host: readonly AptSource[];
  /** Given with --mirror. */
  readonly mirror: string | undefined;
  /** Where Debian's own keyring lies on this host, if it is installed. */
  readonly keyring: string | undefined;
}

/** Names of Debian's releases: those of derivatives are others. The edition's own name is added. */
const debianReleases = [
  'bullseye',
  'bookworm',
  'trixie',
  'forky',
  'duke',
  'oldoldstable',
  'oldstable',
  'stable',
  'testing',
  'sid',
  'unstable',
];

export function editionSources(input: EditionSourcesInput): readonly EditionSource[] {
  const { edition } = input;
  const { archive, security } = input.mirror === undefined ? ofTheHost(input) : ofTheMirror(input, input.mirror);
  if (archive === undefined) throw noMirror();
  const keyring = (source: AptSource): string | undefined => source.signedBy ?? input.keyring;
  const entry = (source: AptSource, suite: string, needed: boolean): EditionSource => ({
    uris: source.uris,
    suite,
    signedBy: keyring(source),
    trusted: source.trusted,
    needed,
  });
  return [
    entry(archive, edition, true),
    entry(archive, `${edition}-updates`, false),
    ...(security ? [entry(security, `${edition}-security`, false)] : []),
  ];
}

/** As apt wants it in a *.sources file. */
export function sourcesFile(sources: readonly EditionSource[]): string {
  return sources
    .map((source) =>
      [
        'Types: deb',
        `URIs: ${source.uris.join(' ')}`,
        `Suites: ${source.suite}`,
        'Components: main',
        ...(source.signedBy === undefined ? [] : [`Signed-By: ${source.signedBy}`]),
        ...(source.trusted ? ['Trusted: yes'] : []),
        '',
      ].join('\n'),
    )
    .join('\n');
}

interface Mirrors {
  readonly archive: AptSource | undefined;
  readonly security: AptSource | undefined;
}

function ofTheHost(input: EditionSourcesInput): Mirrors {
  const releases = new Set<string>([...debianReleases, input.edition]);
  const usable = input.host.filter(
    (source) => source.components.includes('main') && !source.uris[0]?.startsWith('cdrom:'),
  );
  const has = (source: AptSource, pattern: RegExp): boolean =>
    source.suites.some((suite) => releases.has(suite.replace(pattern, '')) && pattern.test(suite));
  const updated = new Set(usable.filter((source) => has(source, /-updates$/)).flatMap((source) => source.uris));
  const likelihood = (source: AptSource): number => {
    if (source.signedBy?.includes('debian-archive')) return 3;
    if (source.uris.some((uri) => updated.has(uri))) return 2;
    return source.uris.some((uri) => /\/debian\/?$/.test(uri)) ? 1 : 0;
  };
  // Other archives name their suites after Debian's releases too.
  const archives = usable.filter((source) => source.suites.some((suite) => releases.has(suite)));
  const [archive] = archives.sort((one, other) => likelihood(other) - likelihood(one));
  return { archive, security: usable.find((source) => has(source, /(-security|\/updates)$/)) };
}

/** A mirror of Debian usually has the security archive beside it. */
function ofTheMirror(input: EditionSourcesInput, mirror: string): Mirrors {
  const uri = mirror.replace(/\/+$/, '');
  if (!/^[a-z][a-z0-9+.-]*:\/\S+$/i.test(uri)) throw mirrorNotAnAddress(mirror);
  if (input.keyring === undefined) throw noKeyring();
  const archive: AptSource = { uris: [uri], suites: [], components: ['main'], signedBy: input.keyring, trusted: false };
  return { archive, security: { ...archive, uris: [`${uri}-security`] } };
}

function noMirror(): LabError {
  return new LabError(
    'mirror-unknown',
    words(
      "This host's apt knows no Debian mirror to take the packages from.",
      'Le apt de cette machine ne connaît aucun miroir Debian où prendre les paquets.',
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Name one: lab prepare --mirror URL. The package debian-archive-keyring has to be installed.',
        'Indiquez-en un : lab prepare --mirror URL. Le paquet debian-archive-keyring doit être installé.',
      ),
    },
  );
}

function noKeyring(): LabError {
  return new LabError(
    'keyring-missing',
    words(
      "Debian's keys are not on this host: packages from the mirror could not be verified.",
      'Les clés de Debian ne sont pas sur cette machine : les paquets du miroir ne pourraient pas être vérifiés.',
    ),
    {
      exit: exitStatus.hostCannot,
      hint: words(
        'Install them: apt install debian-archive-keyring',
        'Installez-les : apt install debian-archive-keyring',
      ),
    },
  );
}

function mirrorNotAnAddress(mirror: string): LabError {
  return new LabError(
    'mirror-malformed',
    words(
      `--mirror wants the address of a Debian mirror, not "${mirror}".`,
      `--mirror attend l'adresse d'un miroir Debian, pas « ${mirror} ».`,
    ),
    {
      exit: exitStatus.usage,
      hint: words('For example http://HOST/debian', 'Par exemple http://MACHINE/debian'),
    },
  );
}
