import { type LabEvent } from '../model/events.ts';
import { words, type Words } from '../model/words.ts';
import { formatSeconds } from './format-quantity.ts';

/** "From the fault to the first accepted write: 21.3 s (at most 32 s)" */
export function measuredWords({ what, seconds, boundSeconds }: Extract<LabEvent, { kind: 'measured' }>): Words {
  const bound = boundSeconds;
  const most =
    bound === null
      ? words('', '')
      : words(` (at most ${formatSeconds(bound, 'en')})`, ` (au plus ${formatSeconds(bound, 'fr')})`);
  return words(
    `${what.en}: ${formatSeconds(seconds, 'en')}${most.en}`,
    `${what.fr}\u00a0: ${formatSeconds(seconds, 'fr')}${most.fr}`,
  );
}
