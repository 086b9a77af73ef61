// The settings that are in force for etcd, out of its files, and where each is written. Pure. Rules measured with etcd
// 3.4.23 and 3.5.16: with --config-file flags and environment are ignored; a flag and its variable together stop etcd.

import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import {
  commonFlags,
  etcdInvocation,
  flagOfVariable,
  type Argument,
  type EtcdInvocation,
  type EtcdSources,
} from './etcd-invocation.ts';
import { type SourceFile, type SourceLine } from './systemd-unit-files.ts';

export interface EtcdSetting {
  /** As the flag is called: `initial-cluster`. */
  readonly name: string;
  readonly value: string;
  /** As it is written there: `ETCD_INITIAL_CLUSTER`, `--initial-cluster`, `initial-cluster`. */
  readonly spelling: string;
  readonly origin: SourceLine;
}

export interface EtcdSettings {
  readonly invocation: EtcdInvocation;
  /** Which way of giving settings counts here; decides how a missing one is to be written. */
  readonly style: 'environment' | 'flags' | 'file';
  readonly settings: ReadonlyMap<string, EtcdSetting>;
  /** Given twice, by a variable and by a flag. */
  readonly conflicts: readonly { readonly variable: EtcdSetting; readonly flag: EtcdSetting }[];
  /** What etcd does not know, and passes over. */
  readonly unknown: readonly EtcdSetting[];
  /** The configuration file could not be read as YAML. */
  readonly unreadable: { readonly why: string; readonly origin: SourceLine } | null;
}

export function etcdSettings(sources: EtcdSources): EtcdSettings {
  const invocation = etcdInvocation(sources);
  if (invocation.configurationFile !== null) return fromFile(sources, invocation);
  const variables = variableSettings(invocation);
  const flags = flagSettings(invocation.arguments);
  const given = new Map(flags.map((setting) => [setting.name, setting]));
  const known = knownFlags(sources.help);
  return {
    invocation,
    style: given.has('initial-cluster') || flags.length > variables.length ? 'flags' : 'environment',
    settings: new Map([...variables, ...flags].map((setting) => [setting.name, setting])),
    conflicts: variables.flatMap((variable) => {
      const flag = given.get(variable.name);
      return flag === undefined ? [] : [{ variable, flag }];
    }),
    unknown: known === null ? [] : variables.filter(({ name }) => !known.has(name)),
    unreadable: null,
  };
}

/** How the setting is to be written on this node. */
export function spelled(name: string, style: EtcdSettings['style']): string {
  if (style === 'file') return `${name}:`;
  return style === 'flags' ? `--${name}` : `ETCD_${name.toUpperCase().replaceAll('-', '_')}`;
}

function variableSettings({ environment }: EtcdInvocation): readonly EtcdSetting[] {
  return Array.from(environment.values()).flatMap(({ name, value, origin }) => {
    const flag = flagOfVariable(name);
    return flag === null ? [] : [{ name: flag, value, spelling: name, origin }];
  });
}

/** Go's flags: `--name value`, `--name=value`, one dash or two; switches stand alone. */
function flagSettings(words: readonly Argument[]): readonly EtcdSetting[] {
  const settings: EtcdSetting[] = [];
  for (const [index, { text, origin }] of words.entries()) {
    const [, name, , value] = /^--?([a-z][a-z0-9-]*)(=(.*))?$/.exec(text) ?? [];
    if (name === undefined) continue;
    const next = words[index + 1]?.text;
    const given = value ?? (next === undefined || next.startsWith('-') ? 'true' : next);
    settings.push({ name, value: given, spelling: `--${name}`, origin });
  }
  return settings;
}

function fromFile(sources: EtcdSources, invocation: EtcdInvocation): EtcdSettings {
  const { configuration } = sources;
  const base = { invocation, style: 'file', conflicts: [], unknown: [] } as const;
  if (configuration === null || configuration.text === null) return { ...base, settings: new Map(), unreadable: null };
  return { ...base, ...readYaml({ path: configuration.path, text: configuration.text }) };
}

function readYaml(file: SourceFile): Pick<EtcdSettings, 'settings' | 'unreadable'> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { version: '1.1', lineCounter: lines });
  const textOf = (line: number) => file.text.split('\n')[line - 1]?.trim() ?? '';
  const at = (offset: number): SourceLine => {
    const { line } = lines.linePos(offset);
    return { file: file.path, line, text: textOf(line) };
  };
  const [error] = document.errors;
  if (error !== undefined)
    return { settings: new Map(), unreadable: { why: error.message.split('\n')[0] ?? '', origin: at(error.pos[0]) } };
  if (!isMap(document.contents))
    return { settings: new Map(), unreadable: { why: 'no settings in it', origin: at(0) } };
  const settings = document.contents.items.flatMap(({ key, value }): EtcdSetting[] => {
    if (!isScalar(key) || typeof key.value !== 'string') return [];
    const text = isScalar(value) ? value.source : '';
    return text === '' ? [] : [{ name: key.value, value: text, spelling: key.value, origin: at(key.range[0]) }];
  });
  return { settings: new Map(settings.map((setting) => [setting.name, setting])), unreadable: null };
}

/** null: not asked, since all the variables are common ones. */
function knownFlags(help: string | null): ReadonlySet<string> | null {
  if (help === null) return null;
  return new Set([...commonFlags, ...Array.from(help.matchAll(/^\s+--([a-z][a-z0-9-]*)/gm), ([, flag = '']) => flag)]);
}
