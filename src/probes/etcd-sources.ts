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
  const environment: { path: string; text: string | null }[] = [];
  for (const path of etcdInvocation(sources).environmentFiles) {
    const file = await nodeFile(reach, node, path);
    if (file.kind === 'unseen') return file;
    environment.push({ path, text: file.value?.text ?? null });
  }
  return seen({ ...sources, environment });
}

async function readConfiguration(reach: Reach, node: NodeName, sources: EtcdSources): Promise<Observed<EtcdSources>> {
  const { program, configurationFile } = etcdInvocation(sources);
  const there = program === null ? null : await lookInNode(reach, node, ['test', '-x', program.text]);
  if (there?.kind === 'unseen') return there;
  const programIsThere = there === null || there.value.exitStatus === 0;
  if (configurationFile !== null) {
    const file = await nodeFile(reach, node, configurationFile.text);
    if (file.kind === 'unseen') return file;
    return seen({
      ...sources,
      programIsThere,
      configuration: { path: configurationFile.text, text: file.value?.text ?? null },
    });
  }
  const unused = await lookInNode(reach, node, [
    'find',
    '/etc/etcd',
    '/etc/etcd.conf.yml',
    '-maxdepth',
    '1',
    '-type',
    'f',
    '-name',
    '*.y*ml',
  ]);
  if (unused.kind === 'unseen') return unused;
  const help =
    programIsThere && needsHelp(sources) ? await lookInNode(reach, node, [program?.text ?? 'etcd', '--help']) : null;
  if (help?.kind === 'unseen') return help;
  return seen({
    ...sources,
    programIsThere,
    unused: unused.value.stdout.split('\n').filter((path) => path !== ''),
    help: help === null ? null : help.value.stdout + help.value.stderr,
  });
}
