import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/** `60s`, `2m` or a bare number of seconds. */
export function parseSeconds(text: string, option = '--wait'): number {
  const found = /^(\d+(?:\.\d+)?)(s|m)?$/.exec(text);
  if (found) return Number(found[1]) * (found[2] === 'm' ? 60 : 1);
  throw new LabError('duration-invalid', words(`"${text}" is not a duration.`, `« ${text} » n'est pas une durée.`), {
    exit: exitStatus.usage,
    hint: words(`Write it as ${option} 60s or ${option} 2m.`, `Écrivez-la ${option} 60s ou ${option} 2m.`),
  });
}
