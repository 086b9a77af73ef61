import { type Words } from '../model/words.ts';
import { formatSeconds } from '../ui/format-quantity.ts';
import { say } from '../ui/say.ts';
import { shown } from '../ui/shown.ts';
import { type Invocation } from './invocation.ts';
import { type World } from './services.ts';
import { faceOptions } from './with-session.ts';

/** The last lines of a verb that changed something; in JSON the events have said it. */
export function closing(world: World, invocation: Invocation, what: Words, seconds?: number, next?: Words): void {
  if (faceOptions(world, invocation).format === 'json') return;
  const time = seconds === undefined ? '' : ` (${formatSeconds(seconds, invocation.language)})`;
  world.stdout.write(`${say(shown(what), invocation.language)}${time}\n`);
  if (next) world.stdout.write(`${say(shown(next), invocation.language)}\n`);
}
