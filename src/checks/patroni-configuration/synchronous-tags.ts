import { words } from '../../model/words.ts';
import { entryAt, textOf } from './configuration-entry.ts';
import { silentlyWrong, type ConfigurationRule } from './finding.ts';

/** A tag that keeps a member from ever being waited for. */
export const synchronousTags: ConfigurationRule = (root, { node }) => {
  const tag = entryAt(entryAt(root, 'tags'), 'nosync');
  if (tag === undefined || !/^(true|on|yes|1)$/i.test(textOf(tag) ?? '')) return [];
  const who = node.member ?? node.name;
  const cause = words(
    `with this tag Patroni never chooses ${who} for a synchronous standby, so nor may it take over without a loss`,
    `avec ce tag, Patroni ne choisit jamais ${who} comme standby synchrone, qui ne peut donc pas prendre le relais sans perte`,
  );
  const hint = words(
    'Take the line out, then `systemctl reload patroni`.',
    'Supprimez la ligne, puis `systemctl reload patroni`.',
  );
  return [silentlyWrong('tag-nosync', tag, cause, hint)];
};
