import { words } from '../../model/words.ts';
import { entryAt, textOf, type ConfigurationEntry } from './configuration-entry.ts';
import { silentlyWrong, type ConfigurationRule } from './finding.ts';

/** Tags that keep a member from ever leading. Patroni reads the priority from 3.2 on, and only without `nofailover`. */
export const promotionTags: ConfigurationRule = (root, { node }) => {
  const tags = entryAt(root, 'tags');
  const never = entryAt(tags, 'nofailover');
  const priority = entryAt(tags, 'failover_priority');
  const tag = never === undefined ? zero(priority) : yes(never);
  if (tag === undefined) return [];
  const who = node.member ?? node.name;
  const cause = words(
    `with this tag Patroni never promotes ${who}, not even when it is the last member left`,
    `avec ce tag, Patroni ne promeut jamais ${who}, même s'il est le dernier membre restant`,
  );
  const hint = words(
    'Take the line out, then `systemctl reload patroni`.',
    'Supprimez la ligne, puis `systemctl reload patroni`.',
  );
  return [silentlyWrong('tag-nofailover', tag, cause, hint)];
};

function yes(entry: ConfigurationEntry): ConfigurationEntry | undefined {
  return /^(true|on|yes|1)$/i.test(textOf(entry) ?? '') ? entry : undefined;
}

function zero(entry: ConfigurationEntry | undefined): ConfigurationEntry | undefined {
  return entry !== undefined && Number(textOf(entry)) <= 0 ? entry : undefined;
}
