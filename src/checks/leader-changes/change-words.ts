import { joinWords, words, type Words } from '../../model/words.ts';
import { type Loss } from './classify-loss.ts';
import { type LeaderChange } from './observe-leader-changes.ts';

/** As a chapter expects it, with who did not do it left out. */
export const lossNames: Readonly<Record<Loss, Words>> = {
  stop: words('a clean stop', 'un arrêt propre'),
  kill: words('the death of its node', 'la mort de son nœud'),
  freeze: words('a freeze', 'un gel'),
  switchover: words('a switchover', 'un switchover'),
  'step-down': words('stepping down by itself', 'un retrait de sa propre initiative'),
  crash: words('a crash of its Patroni', 'un plantage de son Patroni'),
};

/** All of them, in one line. */
export function changesWords(changes: readonly LeaderChange[]): Words {
  if (changes.length === 0) return words('the leader has not changed', "le leader n'a pas changé");
  return joinWords(changes.map(changeWords), '; ');
}

function changeWords({ from, to, at, how }: LeaderChange): Words {
  const when = at === null ? '' : ` ${new Date(at * 1000).toISOString().slice(11, 19)}`;
  const name = how === null ? words('?', '?') : lossNames[how];
  return words(
    `${from ?? '?'} → ${to ?? '?'}${when} (${name.en})`,
    `${from ?? '?'} → ${to ?? '?'}${when} (${name.fr})`,
  );
}
