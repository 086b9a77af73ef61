import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { verbatim, words } from '../model/words.ts';
import { journalLines, type JournalLine } from '../probes/journal-lines.ts';
import { seen } from '../probes/reach.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';

const schema = z.strictObject({ listen: z.string().regex(/^[0-9.]+:\d+$/) });

interface GatewayTraces {
  /** The gateway's own word that it passes connections on. */
  readonly ready: JournalLine | null;
  /** Patroni's word that it lost it. */
  readonly lost: JournalLine | null;
}

/** Patroni on this node went through a gateway of etcd, and noticed when that was gone. Both journals keep it. */
export const gatewayWasUsed = defineCheck({
  name: 'gateway-was-used',
  scope: 'node',
  schema,
  withinSeconds: 20,
  tellsOfPast: true,

  async observe(reach, setting, { listen }) {
    const { name } = checkedNode(setting);
    const [ready, lost] = await Promise.all([
      journalLines(reach, name, { grep: 'ready to proxy client requests', last: 1 }),
      journalLines(reach, name, { unit: 'patroni', grep: `Request to server http://${listen} failed`, last: 1 }),
    ]);
    if (ready.kind === 'unseen') return ready;
    if (lost.kind === 'unseen') return lost;
    return seen<GatewayTraces>({ ready: ready.value.at(-1) ?? null, lost: lost.value.at(-1) ?? null });
  },

  judge({ ready, lost }, setting, { listen }): Judgement {
    const { name } = checkedNode(setting);
    const expected = words(
      `Patroni on ${name} used a gateway at ${listen}, and lost it`,
      `Patroni sur ${name} a utilisé une passerelle sur ${listen}, et l'a perdue`,
    );
    if (lost !== null && ready !== null)
      return { verdict: 'pass', expected, seen: verbatim(new Date(lost.atUs / 1000).toISOString().slice(0, 19)) };
    return {
      verdict: 'fail',
      expected,
      seen:
        ready === null
          ? words('no gateway ran', "aucune passerelle n'a tourné")
          : words('a gateway ran', 'une passerelle a tourné'),
      cause:
        ready === null
          ? words(
              `no gateway of etcd has been started on ${name}`,
              `aucune passerelle d'etcd n'a été démarrée sur ${name}`,
            )
          : words(
              `Patroni never missed it: its configuration did not name http://${listen}, or the gateway was not stopped while Patroni used it`,
              `elle n'a jamais manqué à Patroni : sa configuration ne nommait pas http://${listen}, ou la passerelle n'a pas été arrêtée pendant que Patroni s'en servait`,
            ),
    };
  },

  command: () => "journalctl -u etcd-gateway -n 3; journalctl -u patroni -g 'Request to server' -n 3",
});
