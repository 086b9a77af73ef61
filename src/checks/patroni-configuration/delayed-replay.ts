import { words } from '../../model/words.ts';
import { entryAt, textOf } from './configuration-entry.ts';
import { silentlyWrong, type ConfigurationRule } from './finding.ts';

/** A replica that applies everything late on purpose. Patroni hands the parameter on from both places. */
export const delayedReplay: ConfigurationRule = (root) => {
  const sections = [
    ['postgresql', 'recovery_conf'],
    ['postgresql', 'parameters'],
    ['bootstrap', 'dcs', 'postgresql', 'recovery_conf'],
    ['bootstrap', 'dcs', 'postgresql', 'parameters'],
  ];
  return sections.flatMap((path) => {
    const entry = entryAt(root, ...path, 'recovery_min_apply_delay');
    const delay = textOf(entry) ?? '';
    if (entry === undefined || delay === '' || /^0\D*$/.test(delay)) return [];
    const cause = words(
      `a replica receives every change and replays it ${delay} later`,
      `un réplica reçoit chaque modification et ne la rejoue qu'après ${delay}`,
    );
    const hint = words(
      'Take the line out, then `systemctl restart patroni`.',
      'Supprimez la ligne, puis `systemctl restart patroni`.',
    );
    return [silentlyWrong('replay-delayed', entry, cause, hint)];
  });
};
