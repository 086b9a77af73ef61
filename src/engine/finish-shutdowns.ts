import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { waitUntil } from '../clock/wait-until.ts';
import { stopNode } from './lab-down.ts';
import { type LabSession } from './session.ts';

/** Seconds that a node gets to say something: at the very end of its shutdown nothing in it answers. */
const answerSeconds = 5;

/**
 * A node that somebody is shutting down (a `lab down` that was cut off, `poweroff` typed in it) still counts as running, and
 * takes what is started in it along. It is stopped, so that it is started again.
 */
export async function finishShutdowns(session: LabSession): Promise<void> {
  const { nodes } = await session.provider.observe();
  const running = [...nodes].filter(([, state]) => state === 'running').map(([name]) => name);
  await settleAll(
    running.map(async (name) => {
      if (await isShuttingDown(session, name)) await stopNode(session, name);
    }),
  );
}

async function isShuttingDown({ provider, signal }: LabSession, name: NodeName): Promise<boolean> {
  let said = '';
  await waitUntil(
    async () => {
      const ask = ['systemctl', 'is-system-running'];
      const { stdout, exitStatus } = await provider.exec(name, ask, { timeoutSeconds: answerSeconds, signal });
      said = stdout.trim();
      if (exitStatus === 127 || !silent.has(said)) return true;
      return (await provider.observe()).nodes.get(name) !== 'running';
    },
    { withinSeconds: answerSeconds, signal },
  );
  return said === 'stopping';
}

/** What comes back where systemd itself does not answer. */
const silent: ReadonlySet<string> = new Set(['', 'offline', 'unknown']);
