// The workshop's client in a node: started, watched and ended.

import { type NodeName } from '../model/ids.ts';
import { words } from '../model/words.ts';
import { clientLedger, type ClientLedger } from '../probes/client-ledger.ts';
import { exitStatus, LabError } from '../model/errors.ts';
import { type ActionContext } from './kind.ts';

const unit = 'proxy-client';
const program = '/usr/local/bin/proxy-client';
const patienceSeconds = 60;

/** While `work` goes on, clients write, read and hold sessions through the node's proxy. Returns what they wrote down. */
export async function withProxyClient(
  context: ActionContext,
  node: NodeName,
  folder: string,
  work: () => Promise<void>,
): Promise<ClientLedger> {
  const end = context.cleanUp((own) => own.attempt(node, ['systemctl', 'stop', unit]));
  // One that a killed lab left behind.
  await context.attempt(node, ['systemctl', 'stop', unit]);
  await context.exec(node, ['systemd-run', '--quiet', '--collect', `--unit=${unit}`, program, folder]);
  await awaitLedger(context, node, folder, patienceSeconds, ({ writes, reads }) =>
    [writes, reads].every((answers) => answers.filter(({ server }) => server !== null).length >= 4),
  );
  await work();
  await context.exec(node, ['touch', `${folder}/enough`]);
  await context.waitFor(words('the clients have ended', 'les clients ont fini'), patienceSeconds, async () => {
    const active = await context.attempt(node, ['systemctl', 'is-active', '--quiet', unit]);
    return active.exitStatus !== 0;
  });
  await end.now();
  return readLedger(context, node, folder);
}

export async function awaitLedger(
  context: ActionContext,
  node: NodeName,
  folder: string,
  withinSeconds: number,
  condition: (ledger: ClientLedger) => boolean,
): Promise<void> {
  await context.waitFor(
    words('the clients come through the proxy', 'les clients passent par le proxy'),
    withinSeconds,
    async () => condition(await readLedger(context, node, folder)),
  );
}

async function readLedger(context: ActionContext, node: NodeName, folder: string): Promise<ClientLedger> {
  const ledger = await clientLedger(await context.look(), node, folder);
  if (ledger.kind === 'seen') return ledger.value;
  throw new LabError('client-unseen', ledger.why, { exit: exitStatus.failed });
}
