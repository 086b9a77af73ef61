// A checkpoint before something goes that only a person could have put into the lab.

import { keptByLabPrefix } from '../model/checkpoint.ts';
import { words } from '../model/words.ts';
import { labSave } from './lab-save.ts';
import { type LabSession } from './session.ts';

/** As long as a checkpoint's name may be. */
const longestName = 30;

/** Nothing in a lab that nobody but lab has had in hand: its steps make again what they made. */
export async function keepBefore(session: LabSession, action: string): Promise<void> {
  if (!session.history.touched) return;
  const own = session.ownCheckpoints;
  const name = freeName(`${keptByLabPrefix}${action}`, await own.names());
  await labSave(session, name, own.now(), (facts, copyInto) => own.store(name, facts, copyInto));
  session.announce({
    kind: 'notice',
    text: words(
      `What was there before is kept: lab restore ${name}`,
      `Ce qui était là avant est conservé : lab restore ${name}`,
    ),
  });
}

/** `lab-kept-form-etcd-cluster`, then `lab-kept-form-etcd-cluster-2` … */
function freeName(wanted: string, taken: readonly string[]): string {
  const name = wanted.slice(0, longestName);
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const next = `${wanted.slice(0, longestName - ending.length)}${ending}`;
    if (!taken.includes(next)) return next;
  }
}
