import { joinWords } from '../model/words.ts';
import { type CheckSetting } from './kind.ts';
import { patroniTroubleWords, type PatroniTrouble, type TroubleWords } from './patroni-trouble.ts';

/**
 * Why there is no leader, or a member too few: node by node. That Patroni was not started yet on some node counts only
 * when no other one has anything to tell.
 */
export function clusterTroubleWords(troubles: readonly PatroniTrouble[], setting: CheckSetting): TroubleWords | null {
  const busy = troubles.filter((trouble) => !isIdle(trouble));
  const told = wordsOf(busy, setting);
  if (told !== null) return told;
  const idle = wordsOf(troubles.filter(isIdle), setting);
  return idle && { ...idle, final: idle.final && busy.length === 0 };
}

function isIdle({ service }: PatroniTrouble): boolean {
  return service?.unit.active === 'inactive';
}

function wordsOf(troubles: readonly PatroniTrouble[], setting: CheckSetting): TroubleWords | null {
  const told = troubles.flatMap((trouble) => patroniTroubleWords(trouble, setting) ?? []);
  if (told.length === 0) return null;
  const hints = told.flatMap(({ hint }) => hint ?? []);
  return {
    cause: joinWords(
      told.map(({ cause }) => cause),
      '\n',
    ),
    ...(hints.length === 0 ? {} : { hint: joinWords(hints, '\n') }),
    // A member that has nothing to tell may still be on its way, and come right by itself.
    final: told.length === troubles.length && told.every(({ final }) => final),
  };
}
