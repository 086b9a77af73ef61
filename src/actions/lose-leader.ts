import * as z from 'zod';
import { exitStatus, LabError } from '../model/errors.ts';
import { type NodeName } from '../model/ids.ts';
import { settleAll } from '../model/settle-all.ts';
import { type Words, words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { awaitHistory } from './await-history.ts';
import { bringMembersBack, reviveInTheEnd } from './bring-members-back.ts';
import { failoverBound, type LeaderLoss } from './failover-bound.ts';
import { firstAcceptedWrite } from './first-accepted-write.ts';
import { type ActionContext, type CleanUp, defineAction } from './kind.ts';
import { liveTiming } from './live-timing.ts';

/**
 * A thawed leader of Patroni 3.0 took the lead back in two of seven freezes, and in four of four on a machine with eight
 * times more to do than it can: its loop may look at its cache before the thread that keeps it has read what is new.
 */
const mostAttempts = 8;

const schema = z.strictObject({
  how: z.enum(['stop', 'kill', 'freeze']),
  table: z.string().regex(/^[a-z_][a-z0-9_]*$/),
  note: z.string().regex(/^[^\\]+$/),
});
type Args = z.infer<typeof schema>;

/**
 * Takes the leader away and measures how long nobody accepts writes; the first row that is accepted says `note`. Fails
 * when it takes longer than the bound that follows from the cluster's own settings. Then the old leader comes back.
 */
export const loseLeader = defineAction({
  name: 'lose-leader',
  drill: true,
  schema,
  run: async (context, args) => {
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const { successor, back } = await loseOnce(context, args);
      const { leader } = await bringMembersBack(context);
      back.forget();
      // Otherwise the old leader, once thawed, took the key back with an unconditional put: what its successor had
      // accepted is gone (Patroni 3.0, dcs/etcd3.py, _update_leader; 4.0 compares first).
      if (leader.name === successor.name) return;
    }
    throw tookItBack();
  },
});

interface Lost {
  /** Who took over. */
  readonly successor: NodeDefinition;
  /** Of the one that was lost. */
  readonly back: CleanUp;
}

async function loseOnce(context: ActionContext, { how, table, note }: Args): Promise<Lost> {
  const { leader, replicas } = await bringMembersBack(context);
  const timing = await liveTiming(context, leader);
  const bound = failoverBound(how, timing);
  const back = reviveInTheEnd(context, [leader]);
  const faultAt = Date.now() / 1000;
  const [write] = await settleAll([
    firstAcceptedWrite(context, replicas, { table, note }, 2 * bound),
    takeAway(context, leader.name, how),
  ]);
  const seconds = write.at - faultAt;
  context.measured(lossWords(how, leader, write.node), seconds, bound);
  await awaitHistory(context, write.node, timing);
  if (seconds > bound) throw slowerThanBound(seconds, bound);
  return { successor: write.node, back };
}

function takeAway(context: ActionContext, node: NodeName, how: LeaderLoss): Promise<unknown> {
  switch (how) {
    case 'stop':
      return context.exec(node, ['systemctl', 'stop', 'patroni']);
    case 'kill':
      return context.killNode(node);
    case 'freeze':
      return context.freezeNode(node);
  }
}

function lossWords(how: LeaderLoss, leader: NodeDefinition, successor: NodeDefinition): Words {
  const gone = leader.member ?? leader.name;
  const next = successor.member ?? successor.name;
  switch (how) {
    case 'stop':
      return words(
        `from the clean stop of ${gone} to the first write on ${next}`,
        `de l'arrêt propre de ${gone} à la première écriture sur ${next}`,
      );
    case 'kill':
      return words(
        `from the death of ${gone}'s node to the first write on ${next}`,
        `de la mort du nœud de ${gone} à la première écriture sur ${next}`,
      );
    case 'freeze':
      return words(
        `from the freezing of ${gone}'s node to the first write on ${next}`,
        `du gel du nœud de ${gone} à la première écriture sur ${next}`,
      );
  }
}

function slowerThanBound(seconds: number, bound: number): LabError {
  const [took, limit] = [seconds.toFixed(1), String(bound)];
  return new LabError(
    'failover-too-slow',
    words(
      `Writes were accepted again after ${took} s; the settings of the cluster promise ${limit} s at most.`,
      `Les écritures n'ont repris qu'après ${took} s ; les réglages du cluster promettent ${limit} s au plus.`,
    ),
    {
      exit: exitStatus.failed,
      hint: words(
        'A machine that is very busy delays Patroni too: look at its load, then try again.',
        'Une machine très chargée retarde aussi Patroni : regardez sa charge, puis réessayez.',
      ),
    },
  );
}

function tookItBack(): LabError {
  return new LabError(
    'lead-taken-back',
    words(
      'The old leader took the lead back each time that it returned.',
      "L'ancien leader a repris la main à chacun de ses retours.",
    ),
    { exit: exitStatus.failed },
  );
}
