import { etcdSettings, type EtcdSettings } from '../../probes/etcd-settings.ts';
import { etcdSources } from '../../probes/etcd-sources.ts';
import { seen, type Observed, type Reach } from '../../probes/reach.ts';
import { checkedNode } from '../checked-node.ts';
import { type CheckSetting } from '../kind.ts';
import { type Configured } from './finding.ts';

export async function lookAtConfiguration(reach: Reach, setting: CheckSetting): Promise<Observed<EtcdSettings>> {
  const sources = await etcdSources(reach, checkedNode(setting).name);
  return sources.kind === 'unseen' ? sources : seen(etcdSettings(sources.value));
}

/** As the rules want it. */
export function configuredAs(settings: EtcdSettings, setting: CheckSetting): Configured {
  return { settings, node: checkedNode(setting), members: setting.nodes, nodes: setting.workshop.nodes };
}
