// apt's configuration for the packages of an edition, apart from the host's own packages. Pure.

export interface AptConfigurationInput {
  /** Everything apt reads and writes is below it. */
  readonly directory: string;
  readonly architecture: string;
  /** What `apt-config dump` says on this host: proxies and the like are kept. */
  readonly hostConfiguration: string;
}

/**
 * For the environment variable APT_CONFIG, which apt reads before everything else: so it is sent to our folders before
 * it sees the host's, whose hooks and further indexes have no business here.
 */
export function aptConfiguration(input: AptConfigurationInput): string {
  const { directory, architecture } = input;
  return [
    `Dir::Etc "${directory}/etc";`,
    'Dir::Etc::netrc "/etc/apt/auth.conf";',
    'Dir::Etc::netrcparts "/etc/apt/auth.conf.d";',
    'Dir::Etc::trusted "/etc/apt/trusted.gpg";',
    'Dir::Etc::trustedparts "/etc/apt/trusted.gpg.d";',
    `Dir::State "${directory}/state";`,
    `Dir::State::status "${directory}/status";`,
    `Dir::Cache "${directory}/cache";`,
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    'APT::Install-Recommends "false";',
    'APT::Sandbox::User "root";',
    'APT::Update::Error-Mode "any";',
    'Acquire::Languages "none";',
    'Acquire::Retries "2";',
    'Acquire::http::Timeout "20";',
    'Acquire::https::Timeout "20";',
    ...acquireSettings(input.hostConfiguration),
    '',
  ].join('\n');
}

/**
 * The host's proxies, timeouts, certificates; not the further indexes that its own tools download, and no compressed
 * lists, which save 60 MB for as long as apt reads them and cost it a second each time.
 */
function acquireSettings(dump: string): readonly string[] {
  return dump
    .split('\n')
    .filter(
      (line) =>
        line.startsWith('Acquire::') && !/^Acquire::(IndexTargets|Languages|CompressionTypes|GzipIndexes)\b/.test(line),
    );
}
