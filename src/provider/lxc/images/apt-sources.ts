// Reads what apt's sources files say, in both of their forms. Pure.

/** One archive that this host installs packages from. */
export interface AptSource {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** A keyring's path, fingerprints, or a whole key with its line breaks: passed on as it stands. */
  readonly signedBy: string | undefined;
  readonly trusted: boolean;
}

/** `/etc/apt/sources.list` and `*.list`: a source a line. */
export function parseListFile(text: string): readonly AptSource[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+([^#]+)/.exec(line);
    if (match === null) return [];
    const [, optionText = '', uri = '', rest = ''] = match;
    const [suite = '', ...components] = rest.trim().split(/\s+/);
    const options = new Map(
      optionText
        .trim()
        .split(/\s+/)
        .map((option) => keyAndValue(option, '=')),
    );
    return [
      {
        uris: [uri],
        suites: [suite],
        components,
        signedBy: options.get('signed-by'),
        trusted: options.get('trusted') === 'yes',
      },
    ];
  });
}

/** `*.sources`: paragraphs of fields, continued on lines that begin with a space. */
export function parseSourcesFile(text: string): readonly AptSource[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  return lines
    .join('\n')
    .split(/\n\s*\n/)
    .flatMap((paragraph) => {
      const unfolded = paragraph.trim().split(/\n(?!\s)/);
      const fields = new Map(unfolded.map((field) => keyAndValue(field, ':')));
      const list = (name: string): readonly string[] => fields.get(name)?.split(/\s+/).filter(Boolean) ?? [];
      const used = list('types').includes('deb') && fields.get('enabled')?.toLowerCase() !== 'no';
      if (!used || list('uris').length === 0) return [];
      return [
        {
          uris: list('uris'),
          suites: list('suites'),
          components: list('components'),
          signedBy: fields.get('signed-by'),
          trusted: fields.get('trusted')?.toLowerCase() === 'yes',
        },
      ];
    });
}

function keyAndValue(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, Math.max(at, 0)).trim().toLowerCase(), text.slice(at + 1).trim()];
}
