import { words, type Words } from '../model/words.ts';
import { type CheckSetting } from './kind.ts';

/** A replica is there and its slot isn't: normal for a few seconds. */
export function whyNoSlot(slot: string, { edition }: CheckSetting): { readonly cause: Words; readonly hint: Words } {
  const coming = words(
    `the leader has no slot ${slot} yet: Patroni makes it in its next loop, at most loop_wait seconds later, and the replica tries again by itself`,
    `le leader n'a pas encore de slot ${slot} : Patroni le crée à son prochain tour, au plus loop_wait secondes plus tard, et le réplica réessaie de lui-même`,
  );
  const make = `select pg_create_physical_replication_slot('${slot}', true)`;
  const hint = words(
    `If it stays away, make it on the leader: \`${make}\``,
    `S'il n'arrive pas, créez-le sur le leader : \`${make}\``,
  );
  if (!/^3\.0/.test(edition.values['patroni'] ?? '')) return { cause: coming, hint };
  return {
    cause: words(
      `${coming.en}. If it was dropped by hand, it does not come back: Patroni 3.0 does not look whether its slots are still there`,
      `${coming.fr}. S'il a été supprimé à la main, il ne revient pas : Patroni 3.0 ne regarde pas si ses slots existent encore`,
    ),
    hint,
  };
}
