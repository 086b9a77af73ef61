import { words } from '../../model/words.ts';
import { entryAt, textOf } from './configuration-entry.ts';
import { silentlyWrong, type ConfigurationRule } from './finding.ts';

const defaults = { ttl: 30, loop_wait: 10, retry_timeout: 10 };

/** Patroni's rule: ttl ≥ loop_wait + 2 × retry_timeout, or a leader may lose its key while it is only waiting for etcd. */
export const loopTiming: ConfigurationRule = (root) => {
  const dcs = entryAt(root, 'bootstrap', 'dcs');
  const seconds = (key: keyof typeof defaults): number => Number(textOf(entryAt(dcs, key)) ?? defaults[key]);
  const [ttl, wait, retry] = [seconds('ttl'), seconds('loop_wait'), seconds('retry_timeout')];
  const at = ['ttl', 'loop_wait', 'retry_timeout'].flatMap((key) => entryAt(dcs, key) ?? [])[0];
  if (at === undefined || !(ttl < wait + 2 * retry)) return [];
  const sum = `${wait} + 2 × ${retry}`;
  return [
    silentlyWrong(
      'loop-timing',
      at,
      words(
        `ttl (${ttl} s) is shorter than loop_wait + 2 × retry_timeout (${sum}): the leader can lose its key while it still waits for etcd`,
        `ttl (${ttl} s) est plus court que loop_wait + 2 × retry_timeout (${sum}) : le leader peut perdre sa clé alors qu'il attend encore etcd`,
      ),
      words(
        'The usual values go together: ttl 30, loop_wait 10, retry_timeout 10.',
        'Les valeurs habituelles vont ensemble : ttl 30, loop_wait 10, retry_timeout 10.',
      ),
    ),
  ];
};
