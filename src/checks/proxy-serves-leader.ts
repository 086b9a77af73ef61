import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { words } from '../model/words.ts';
import { proxiedCommand } from '../probes/proxied-sessions.ts';
import { checkedNode } from './checked-node.ts';
import { leaderPort } from './haproxy-configuration/known-lines.ts';
import { defineCheck } from './kind.ts';
import { memberAt, observeProxy, proxyFailure, whoAnswered } from './proxy-serves.ts';

/** A third one would show a round robin over replicas too. */
const sessions = 3;

/** Through this node's proxy a client comes to the leader's PostgreSQL, which takes writes: an open port is no database that answers. */
export const proxyServesLeader = defineCheck({
  name: 'proxy-serves-leader',
  scope: 'node',
  schema: z.strictObject({}),
  withinSeconds: 30,

  observe: (reach, setting) => observeProxy(reach, setting, leaderPort, sessions),

  judge(observed, setting): Judgement {
    const port = String(leaderPort);
    const leader = observed.leader?.member ?? '?';
    const expected = words(
      `${port} answers from the leader, ${leader}, and takes writes`,
      `${port} répond depuis le leader, ${leader}, et accepte les écritures`,
    );
    const answered = whoAnswered(observed.sessions, setting.workshop);
    const good = observed.sessions.filter(
      (session) => session.kind === 'answer' && session.address === observed.leader?.address && session.takesWrites,
    );
    if (good.length === sessions) return { verdict: 'pass', expected, seen: answered };
    const readOnly = observed.sessions.find((session) => session.kind === 'answer' && !session.takesWrites);
    const failed = proxyFailure(expected, answered, observed, setting, leaderPort);
    if (failed.verdict !== 'fail' || failed.cause !== undefined || readOnly?.kind !== 'answer') return failed;
    const name = memberAt(setting.workshop, readOnly.address);
    return {
      ...failed,
      cause: words(
        `${name} answered on ${port}, and takes no writes: HAProxy has not noticed yet who leads`,
        `${name} a répondu sur ${port} et n'accepte pas les écritures : HAProxy n'a pas encore remarqué qui mène`,
      ),
    };
  },

  command: (setting) => proxiedCommand(setting.workshop, checkedNode(setting).name, leaderPort),
});
