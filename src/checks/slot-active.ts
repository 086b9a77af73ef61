import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { words, type Words } from '../model/words.ts';
import { psqlCommand } from '../probes/postgres.ts';
import { slotNameOf, type ReplicationSlot } from '../probes/postgres-replication.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck, type CheckSetting } from './kind.ts';
import { observeReplication, type ReplicationView } from './replication-view.ts';
import { silentPostgres } from './silent-postgres.ts';
import { whyNoSlot } from './why-no-slot.ts';
import { whyNotStreaming } from './why-not-streaming.ts';

/** The replica's slot exists on the leader and is in use: the leader keeps what the replica still needs. */
export const slotActive = defineCheck({
  name: 'slot-active',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 60,

  observe(reach, setting) {
    const replica = checkedNode(setting);
    return observeReplication(reach, replica, (view) => slotOf(view, replica)?.active === true);
  },

  judge(view: ReplicationView, setting): Judgement {
    const replica = checkedNode(setting);
    const name = slotNameOf(replica.member ?? replica.name);
    const expected = words(`the slot ${name} is active on the leader`, `le slot ${name} est actif sur le leader`);
    const slot = slotOf(view, replica);
    if (slot?.active === true)
      return { verdict: 'pass', expected, seen: words(`${name} is active`, `${name} est actif`) };
    return { verdict: 'fail', expected, seen: slotWords(view, slot), ...explain(view, slot, setting) };
  },

  command: ({ workshop }) => psqlCommand(workshop, 'select slot_name, active from pg_replication_slots'),
});

function slotOf({ slots }: ReplicationView, replica: NodeDefinition): ReplicationSlot | undefined {
  const name = slotNameOf(replica.member ?? replica.name);
  return slots?.kind === 'answer' ? slots.value.find((slot) => slot.name === name) : undefined;
}

function slotWords({ leader, slots }: ReplicationView, slot: ReplicationSlot | undefined): Words {
  if (leader === null || slots === null) return words('there is no leader', "il n'y a pas de leader");
  if (slots.kind !== 'answer') return silentPostgres(slots, leader);
  if (slot !== undefined) return words(`${slot.name} is there and not in use`, `${slot.name} est là, mais inutilisé`);
  const names = slots.value.map(({ name }) => name).join(', ');
  return names === '' ? words('no slot', 'aucun slot') : words(`only ${names}`, `seulement ${names}`);
}

function explain(
  view: ReplicationView,
  slot: ReplicationSlot | undefined,
  setting: CheckSetting,
): { readonly cause: Words; readonly hint?: Words } {
  const replica = checkedNode(setting);
  const state = view.replicaState.kind === 'answer' ? view.replicaState.value : null;
  if (view.leader === null || state === null || state.receiver === null) return whyNotStreaming(view, setting);
  const wanted = state.primarySlotName;
  if (wanted === '') {
    return {
      cause: words(
        `${replica.name} streams without a slot: the leader may throw away what it still needs`,
        `${replica.name} est en streaming sans slot : le leader peut jeter ce dont il a encore besoin`,
      ),
      hint: words(
        'Look for `use_slots` in `patronictl show-config`; it belongs under `postgresql` and is true by default.',
        'Cherchez `use_slots` dans `patronictl show-config` ; sa place est sous `postgresql`, et il vaut true par défaut.',
      ),
    };
  }
  if (slot?.name === wanted) return whyNotStreaming(view, setting);
  if (slot !== undefined)
    return {
      cause: words(`${replica.name} uses another slot, ${wanted}`, `${replica.name} utilise un autre slot, ${wanted}`),
    };
  return whyNoSlot(wanted, setting);
}
