import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { rotationReturns } from '../probes/client-ledger.ts';
import { seen } from '../probes/reach.ts';
import { clientLedgers, type FoundLedger } from './client-ledgers.ts';
import { defineCheck } from './kind.ts';
import { memberAt } from './proxy-serves.ts';

/** `?lag=1MB`; and to be away from less would prove nothing. */
const megabyte = 1024 * 1024;

/** A client that read through HAProxy saw a replica leave the rotation, miss something, and come back only with it. */
export const replicaReturnedCaughtUp = defineCheck({
  name: 'replica-returned-caught-up',
  scope: 'cluster',
  schema: z.strictObject({ folder: z.string().startsWith('/') }),
  withinSeconds: 30,
  tellsOfPast: true,

  async observe(reach, setting, { folder }) {
    const ledgers = await clientLedgers(reach, setting, folder);
    return ledgers.kind === 'unseen' ? ledgers : seen<readonly FoundLedger[]>(ledgers.value);
  },

  judge(ledgers, setting, { folder }): Judgement {
    const expected = words(
      'a replica leaves the rotation, misses some WAL, and answers again once it has it',
      "un réplica quitte la rotation, manque des WAL, et répond de nouveau une fois qu'il les a",
    );
    const returns = ledgers.flatMap(({ ledger }) => rotationReturns(ledger));
    const found = returns.findLast(({ missed }) => missed > megabyte);
    if (found === undefined) {
      return {
        verdict: 'fail',
        expected,
        seen: words(
          `${String(returns.length)} absences in ${folder}`,
          `${String(returns.length)} absences dans ${folder}`,
        ),
        cause:
          ledgers.length === 0
            ? words(
                `there is no ledger: \`proxy-client ${folder}\` has to read while a replica goes and comes`,
                `il n'y a pas de relevé : \`proxy-client ${folder}\` doit lire pendant qu'un réplica part et revient`,
              )
            : words(
                'no replica was away from the rotation while more than 1 MB of WAL was written, and came back',
                "aucun réplica n'a quitté la rotation pendant l'écriture de plus de 1 Mo de WAL, pour y revenir ensuite",
              ),
      };
    }
    const who = memberAt(setting.workshop, found.server);
    const megabytes = (bytes: number): string => (bytes / megabyte).toFixed(1);
    const away = (found.backAt - found.leftAt).toFixed(1);
    const shown = words(
      `${who} was away for ${away} s and missed ${megabytes(found.missed)} MB; back, it was ${megabytes(found.behind)} MB behind`,
      `${who} est parti ${away} s et a manqué ${megabytes(found.missed)} Mo ; à son retour, il avait ${megabytes(found.behind)} Mo de retard`,
    );
    if (found.behind <= megabyte) return { verdict: 'pass', expected, seen: shown };
    return {
      verdict: 'fail',
      expected,
      seen: shown,
      cause: words(
        `HAProxy sent readers to ${who} before it had caught up: its check needs \`?lag=1MB\``,
        `HAProxy a envoyé des lecteurs vers ${who} avant qu'il ait rattrapé son retard : sa vérification demande \`?lag=1MB\``,
      ),
    };
  },

  command: (_setting, { folder }) => `awk '{ print $2 }' ${folder}/reads | uniq -c`,
});
