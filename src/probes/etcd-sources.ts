import { type NodeName } from '../model/ids.ts';
import { etcdInvocation, needsHelp, type EtcdSources } from './etcd-invocation.ts';
import { lookInNode } from './look-in-node.ts';
import { nodeFile } from './node-file.ts';
import { seen, type Observed, type Reach } from './reach.ts';
import { systemdUnitFiles } from './systemd-unit-files.ts';

/** Every file from which etcd on this node takes its settings, as it is on disk. */
export async function etcdSources(reach: Reach, node: NodeName): Promise<Observed<EtcdSources>> {
  const unit = await systemdUnitFiles(reach, node, 'etcd.service');
  if (unit.kind === 'unseen') return unit;
  const start: EtcdSources = {
    host: node,
    unit: unit.value,
    environment: [],
    programIsThere: true,
    configuration: null,
    help: null,
    unused: [],
  };
  const withEnvironment = await readEnvironment(reach, node, start);
  if (withEnvironment.kind === 'unseen') return withEnvironment;
  return readConfiguration(reach, node, withEnvironment.value);
}

async function readEnvironment(reach: Reach, node: NodeName, sources: EtcdSources): Promise<Observed<EtcdSources>> {
  const environment: TextAtPath[] = [];
  for (const path of etcdInvocation(sources).environmentFiles) {
    const file = await readFile(reach, node, path);
    if (file.kind === 'unseen') return file;
    environment.push(file.value);
  }
  return seen({ ...sources, environment });
}

async function readConfiguration(reach: Reach, node: NodeName, sources: EtcdSources): Promise<Observed<EtcdSources>> {
  const { program, configurationFile } = etcdInvocation(sources);
  const [programIsThere, configuration, unused] = await Promise.all([
    program === null ? seen(true) : isProgram(reach, node, program.text),
    configurationFile === null ? seen(null) : readFile(reach, node, configurationFile.text),
    configurationFile === null ? unusedFiles(reach, node) : seen([]),
  ]);
  if (programIsThere.kind === 'unseen') return programIsThere;
  if (configuration.kind === 'unseen') return configuration;
  if (unused.kind === 'unseen') return unused;
  const asksForHelp = configurationFile === null && programIsThere.value && needsHelp(sources);
  const help = asksForHelp ? await lookInNode(reach, node, [program?.text ?? 'etcd', '--help']) : null;
  if (help?.kind === 'unseen') return help;
  return seen({
    ...sources,
    programIsThere: programIsThere.value,
    configuration: configuration.value,
    unused: unused.value,
    help: help === null ? null : help.value.stdout + help.value.stderr,
  });
}

async function isProgram(reach: Reach, node: NodeName, path: string): Promise<Observed<boolean>> {
  const looked = await lookInNode(reach, node, ['test', '-x', path]);
  return looked.kind === 'unseen' ? looked : seen(looked.value.exitStatus === 0);
}

type TextAtPath = EtcdSources['environment'][number];

async function readFile(reach: Reach, node: NodeName, path: string): Promise<Observed<TextAtPath>> {
  const file = await nodeFile(reach, node, path);
  return file.kind === 'unseen' ? file : seen({ path, text: file.value?.text ?? null });
}

const findYaml = ['find', '/etc/etcd', '/etc/etcd.conf.yml', '-maxdepth', '1', '-type', 'f', '-name', '*.y*ml'];

async function unusedFiles(reach: Reach, node: NodeName): Promise<Observed<EtcdSources['unused']>> {
  const looked = await lookInNode(reach, node, findYaml);
  return looked.kind === 'unseen' ? looked : seen(looked.value.stdout.split('\n').filter((path) => path !== ''));
}
