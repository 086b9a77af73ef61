import { type NodeName } from '../model/ids.ts';
import { nodeFile } from '../probes/node-file.ts';
import { systemdUnit } from '../probes/systemd-unit.ts';
import { type ActionContext } from './kind.ts';

/** The unit is active and was started after these files last changed. */
export async function runsCurrentConfiguration(
  context: ActionContext,
  node: NodeName,
  unit: string,
  files: readonly string[],
): Promise<boolean> {
  const reach = await context.look();
  const looks = files.map((file) => nodeFile(reach, node, file));
  const [observed, changes] = await Promise.all([systemdUnit(reach, node, unit), Promise.all(looks)]);
  if (observed.kind === 'unseen' || observed.value.active !== 'active') return false;
  const started = observed.value.mainStartedUs;
  if (started === null) return false;
  return changes.every(
    (change) => change.kind === 'seen' && change.value !== null && change.value.modifiedUs <= started,
  );
}
