import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, type Words } from '../model/words.ts';
import { etcdMove, type EtcdMove } from '../probes/etcd-move.ts';
import { patroniHistory, type TimelineSwitch } from '../probes/patroni-history.ts';
import { seen } from '../probes/reach.ts';
import { defineCheck } from './kind.ts';

interface KeptObservation {
  /** null: no Patroni tells its history. */
  readonly history: readonly TimelineSwitch[] | null;
  readonly move: EtcdMove;
}

/** Nobody was promoted between etcd's first start with TLS and the moment when its last member asked for certificates. */
export const leaderKept = defineCheck({
  name: 'leader-kept',
  scope: 'cluster',
  schema: z.strictObject({}),
  withinSeconds: 10,
  tellsOfPast: true,

  async observe(reach, setting) {
    const before = setting.start?.etcdMembers;
    const [history, move] = await Promise.all([patroniHistory(reach), etcdMove(reach, before)]);
    if (history.kind === 'unseen') return history;
    return move.kind === 'unseen' ? move : seen<KeptObservation>({ history: history.value, move: move.value });
  },

  judge({ history, move }): Judgement {
    const expected = words(
      'the Patroni cluster kept its leader while etcd moved to https',
      "le cluster Patroni a gardé son leader pendant le passage d'etcd en https",
    );
    const fail = (shown: Words, cause: Words): Judgement => ({ verdict: 'fail', expected, seen: shown, cause });
    const { fromSeconds, toSeconds, waiting } = move;
    if (fromSeconds === null || toSeconds === null) {
      const names = waiting.join(', ');
      return fail(
        words('the move is not over', "le passage n'est pas terminé"),
        words(
          `not yet started with ETCD_CLIENT_CERT_AUTH=true: ${names}`,
          `pas encore de démarrage avec ETCD_CLIENT_CERT_AUTH=true : ${names}`,
        ),
      );
    }
    if (history === null)
      return fail(
        words('no Patroni answers', 'aucun Patroni ne répond'),
        words('`lab verify patroni` says why', '`lab verify patroni` dit pourquoi'),
      );
    const changes = history.filter(({ at }) => at !== null && at > fromSeconds && at < toSeconds);
    if (changes.length === 0) return { verdict: 'pass', expected, seen: words('no promotion', 'aucune promotion') };
    const causes = changes.map(({ at, leader }) => {
      const time = new Date((at ?? 0) * 1000).toISOString().slice(11, 19);
      return words(
        `${leader ?? '?'} was promoted at ${time} UTC, in the middle of the move: Patroni lost etcd, or was restarted without a pause`,
        `${leader ?? '?'} a été promu à ${time} UTC, au milieu du passage : Patroni a perdu etcd, ou a été redémarré sans pause`,
      );
    });
    return fail(words('the leader changed', 'le leader a changé'), joinWords(causes, '\n'));
  },

  command: () => 'patronictl -c /etc/patroni/config.yml history; journalctl -u etcd --grep client-cert-auth',
});
