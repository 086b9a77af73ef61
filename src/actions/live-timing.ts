import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { patroniTiming, type PatroniTiming } from '../probes/patroni-timing.ts';
import { type ActionContext } from './kind.ts';

/** What the dynamic configuration says now, by the word of the Patroni on a node; throws when it says nothing. */
export async function liveTiming(context: ActionContext, leader: NodeDefinition): Promise<PatroniTiming> {
  const asked = await patroniTiming(await context.look(), leader);
  if (asked.kind === 'seen' && asked.value.kind === 'answer') return asked.value.value;
  throw new LabError(
    'configuration-unread',
    words(
      `Patroni on ${leader.name} does not tell its dynamic configuration.`,
      `Patroni sur ${leader.name} ne donne pas sa configuration dynamique.`,
    ),
    { exit: exitStatus.failed },
  );
}
