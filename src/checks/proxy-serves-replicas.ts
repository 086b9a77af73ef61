import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { proxiedCommand } from '../probes/proxied-sessions.ts';
import { checkedNode } from './checked-node.ts';
import { replicasPort } from './haproxy-configuration/known-lines.ts';
import { defineCheck } from './kind.ts';
import { observeProxy, proxyFailure, whoAnswered } from './proxy-serves.ts';

/** Through this node's proxy a number of clients come to replicas only, and to each of them. */
export const proxyServesReplicas = defineCheck({
  name: 'proxy-serves-replicas',
  scope: 'node',
  schema: z.strictObject({ connections: z.int().positive() }),
  withinSeconds: 30,

  observe: (reach, setting, { connections }) => observeProxy(reach, setting, replicasPort, connections),

  judge(observed, setting, { connections }): Judgement {
    const port = String(replicasPort);
    const names = observed.replicas.map(({ member }) => member ?? '').join(', ');
    const expected = words(
      `${String(connections)} connections to ${port}: the replicas alone, and each of them (${names})`,
      `${String(connections)} connexions à ${port} : les réplicas seulement, et chacun d'eux (${names})`,
    );
    const { sessions, replicas, leader } = observed;
    const addresses = sessions.map((session) =>
      session.kind === 'answer' && session.inRecovery ? session.address : null,
    );
    const all = replicas.every(({ address }) => addresses.includes(address));
    const only = addresses.every((address) => replicas.some((replica) => replica.address === address));
    const answered = whoAnswered(sessions, setting.workshop);
    if (replicas.length > 0 && all && only) return { verdict: 'pass', expected, seen: answered };
    const failed = proxyFailure(expected, answered, observed, setting, replicasPort);
    if (failed.verdict !== 'fail' || failed.cause !== undefined) return failed;
    const fromLeader = sessions.some((session) => session.kind === 'answer' && session.address === leader?.address);
    if (fromLeader) {
      return {
        ...failed,
        cause: words(
          `${leader?.member ?? ''} leads and answered on ${port}: HAProxy has not noticed yet`,
          `${leader?.member ?? ''} mène et a répondu sur ${port} : HAProxy ne l'a pas encore remarqué`,
        ),
      };
    }
    const missing = replicas.filter(({ address }) => !addresses.includes(address)).map(({ member }) => member ?? '');
    const absent = missing.join(', ');
    return {
      ...failed,
      cause: words(
        `${absent} is not in the rotation: it does not run, it lags by more than 1 MB, or HAProxy has not checked it twice yet`,
        `${absent} n'est pas dans la rotation : il ne tourne pas, il a plus de 1 Mo de retard, ou HAProxy ne l'a pas encore vérifié deux fois`,
      ),
    };
  },

  command: (setting) =>
    `for n in 1 2 3 4; do ${proxiedCommand(setting.workshop, checkedNode(setting).name, replicasPort)}; done`,
});
