// How systemd starts etcd: program, flags and environment, each with the line where it is written. Pure.

import { parseEnvironmentFile, type EnvironmentAssignment } from './environment-file.ts';
import {
  effectiveDirectives,
  expandSpecifiers,
  serviceDirectives,
  splitWords,
  type Directive,
} from './systemd-directives.ts';
import { type SourceFile, type SourceLine } from './systemd-unit-files.ts';

/** Everything that decides etcd's settings on a node, as text. */
export interface EtcdSources {
  /** The node's host name: `%H` in a unit. */
  readonly host: string;
  readonly unit: readonly SourceFile[];
  /** Files of EnvironmentFile=; text null when the file isn't there. */
  readonly environment: readonly { readonly path: string; readonly text: string | null }[];
  readonly programIsThere: boolean;
  /** The file of --config-file, if one is given. */
  readonly configuration: { readonly path: string; readonly text: string | null } | null;
  /** Of `etcd --help`, asked for only when a variable isn't one of the common ones. */
  readonly help: string | null;
  /** YAML files under /etc/etcd that nothing names. */
  readonly unused: readonly string[];
}

/** A word of the command line. */
export interface Argument {
  readonly text: string;
  readonly origin: SourceLine;
}

export interface EtcdInvocation {
  readonly environmentFiles: readonly string[];
  /** What counts: files win over the unit, the later one over the earlier. Empty values left out. */
  readonly environment: ReadonlyMap<string, EnvironmentAssignment>;
  readonly ignoredLines: readonly SourceLine[];
  readonly program: Argument | null;
  readonly arguments: readonly Argument[];
  readonly configurationFile: Argument | null;
}

const unitName = 'etcd.service';

export function etcdInvocation(sources: EtcdSources): EtcdInvocation {
  const directives = serviceDirectives(sources.unit);
  const expand = (text: string) => expandSpecifiers(text, { name: unitName, host: sources.host });
  const environmentFiles = effectiveDirectives(directives, 'EnvironmentFile').map(({ parts }) =>
    expand(parts.map(({ text }) => text).join('')).replace(/^-/, ''),
  );
  const files = sources.environment.flatMap(({ path, text }) =>
    text === null ? [] : [parseEnvironmentFile({ path, text })],
  );
  const environment = new Map<string, EnvironmentAssignment>();
  for (const assignment of [...unitEnvironment(directives, expand), ...files.flatMap((file) => file.assignments)]) {
    if (assignment.value === '') environment.delete(assignment.name);
    else environment.set(assignment.name, assignment);
  }
  const command = effectiveDirectives(directives, 'ExecStart').at(-1);
  const [program = null, ...rest] = command === undefined ? [] : commandWords(command, environment, expand);
  return {
    environmentFiles,
    environment,
    ignoredLines: files.flatMap((file) => file.ignored),
    program: program && { ...program, text: program.text.replace(/^[-@:+!|]+/, '') },
    arguments: rest,
    configurationFile: configurationFile(rest, environment),
  };
}

function unitEnvironment(
  directives: readonly Directive[],
  expand: (text: string) => string,
): readonly EnvironmentAssignment[] {
  return effectiveDirectives(directives, 'Environment').flatMap(({ key, parts }) =>
    parts.flatMap((part) =>
      splitWords(part.text).flatMap((word): EnvironmentAssignment[] => {
        const at = word.indexOf('=');
        const origin = { ...part, text: `${key}=${part.text}` };
        return at < 1 ? [] : [{ name: word.slice(0, at), value: expand(word.slice(at + 1)), origin }];
      }),
    ),
  );
}

/** `$NAME` as a word of its own becomes as many words as its value has, `${NAME}` a part of a word (systemd.service(5)). */
function commandWords(
  command: Directive,
  environment: ReadonlyMap<string, EnvironmentAssignment>,
  expand: (text: string) => string,
): readonly Argument[] {
  const words = command.parts.flatMap((origin) =>
    splitWords(expand(origin.text)).flatMap((word): readonly Argument[] => {
      const alone = /^\$(\w+)$/.exec(word)?.[1];
      const assignment = alone === undefined ? undefined : environment.get(alone);
      if (alone !== undefined)
        return splitWords(assignment?.value ?? '').map((text) => ({ text, origin: assignment?.origin ?? origin }));
      const text = word
        .replace(/\$\{(\w+)\}/g, (_all, name: string) => environment.get(name)?.value ?? '')
        .replaceAll('$$', '$');
      return [{ text, origin }];
    }),
  );
  return throughShell(words);
}

/** `sh -c "… etcd …"`: the part from etcd on. */
function throughShell(words: readonly Argument[]): readonly Argument[] {
  const [shell, option, script] = words;
  if (shell === undefined || script === undefined || option?.text !== '-c' || !/\/(?:ba|da)?sh$/.test(shell.text))
    return words;
  const inner = splitWords(script.text);
  const start = inner.findIndex((word) => /(?:^|\/)etcd$/.test(word));
  return start < 0 ? words : inner.slice(start).map((text) => ({ text, origin: script.origin }));
}

function configurationFile(
  words: readonly Argument[],
  environment: ReadonlyMap<string, EnvironmentAssignment>,
): Argument | null {
  for (const [index, { text, origin }] of words.entries()) {
    const match = /^--?config-file(?:=(.*))?$/.exec(text);
    if (match !== null) return { text: match[1] ?? words[index + 1]?.text ?? '', origin };
  }
  const variable = environment.get('ETCD_CONFIG_FILE');
  return variable === undefined ? null : { text: variable.value, origin: variable.origin };
}

/** The settings that a cluster of members needs or often has. */
export const commonFlags: ReadonlySet<string> = new Set([
  ...[
    'name',
    'data-dir',
    'wal-dir',
    'listen-peer-urls',
    'listen-client-urls',
    'initial-advertise-peer-urls',
    'advertise-client-urls',
  ],
  ...[
    'initial-cluster',
    'initial-cluster-token',
    'initial-cluster-state',
    'heartbeat-interval',
    'election-timeout',
    'config-file',
  ],
  ...[
    'cert-file',
    'key-file',
    'client-cert-auth',
    'trusted-ca-file',
    'peer-cert-file',
    'peer-key-file',
    'peer-client-cert-auth',
  ],
  ...[
    'peer-trusted-ca-file',
    'snapshot-count',
    'quota-backend-bytes',
    'auto-compaction-retention',
    'auto-compaction-mode',
  ],
  ...[
    'enable-v2',
    'enable-grpc-gateway',
    'logger',
    'log-level',
    'log-outputs',
    'listen-metrics-urls',
    'strict-reconfig-check',
  ],
]);

/** `ETCD_INITIAL_CLUSTER` is the flag `initial-cluster`; null for a variable that is not etcd's. */
export function flagOfVariable(variable: string): string | null {
  return variable.startsWith('ETCD_') ? variable.slice('ETCD_'.length).toLowerCase().replaceAll('_', '-') : null;
}

/** Whether only etcd itself can say if it knows all the variables. */
export function needsHelp(sources: EtcdSources): boolean {
  return Array.from(etcdInvocation(sources).environment.keys(), flagOfVariable).some(
    (flag) => flag !== null && !commonFlags.has(flag),
  );
}
