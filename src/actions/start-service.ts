import { type NodeName } from '../model/ids.ts';
import { type ActionContext } from './kind.ts';

/**
 * Enabling makes systemd read every unit again, half a second: only where it isn't enabled yet. Resetting also forgets how
 * often the service was started: one that has just ended again and again would be refused.
 */
const script = `set -e
systemctl is-enabled --quiet "$1" || systemctl enable --quiet "$1"
systemctl reset-failed "$1" 2>/dev/null || true
shift
exec systemctl "$@"`;

/** Enables the unit and gives it a command (`start`, `restart`, with options), also when it had given up before. */
export async function startService(
  context: ActionContext,
  node: NodeName,
  unit: string,
  command: readonly string[],
): Promise<void> {
  await context.exec(node, ['sh', '-c', script, 'start-service', unit, ...command, unit]);
}
