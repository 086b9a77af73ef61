import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { filesReadAgain } from '../probes/files-read.ts';
import { nodeFile } from '../probes/node-file.ts';
import { systemdUnit } from '../probes/systemd-unit.ts';
import { type ActionContext } from './kind.ts';

/** `stale`: the unit is active, and one of its files changed after it was started or reloaded, or is not there. */
export type ConfigurationState = 'inactive' | 'stale' | 'current';

export async function configurationState(
  context: ActionContext,
  node: NodeName,
  unit: string,
  files: readonly string[],
  { reloadCounts = false }: { readonly reloadCounts?: boolean } = {},
): Promise<ConfigurationState> {
  const reach = await context.look();
  const looks = files.map((file) => nodeFile(reach, node, file));
  const [observed, changes] = await settleAll([systemdUnit(reach, node, unit), settleAll(looks)]);
  if (observed.kind === 'unseen' || observed.value.active !== 'active') return 'inactive';
  const started = observed.value.mainStartedUs;
  if (started === null) return 'inactive';
  const unchangedSince = (moment: number): boolean =>
    changes.every((change) => change.kind === 'seen' && change.value !== null && change.value.modifiedUs <= moment);
  if (unchangedSince(started)) return 'current';
  if (!reloadCounts) return 'stale';
  const again = await filesReadAgain(reach, node, unit);
  return again.kind === 'seen' && again.value !== null && unchangedSince(again.value) ? 'current' : 'stale';
}

/** The unit is active and was started after these files last changed; what a reload would take does not count. */
export async function runsCurrentConfiguration(...what: Parameters<typeof configurationState>): Promise<boolean> {
  return (await configurationState(...what)) === 'current';
}
