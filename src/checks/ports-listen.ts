import * as z from 'zod';
import { type Judgement } from '../model/verdict.ts';
import { joinWords, words, verbatim } from '../model/words.ts';
import { listeningSockets, type ListeningSocket } from '../probes/listening-sockets.ts';
import { checkedNode } from './checked-node.ts';
import { defineCheck } from './kind.ts';
import { takesConnectionsTo, unreachablePort } from './unreachable-port.ts';

/** TCP ports take connections on the node's own address (or on every one), so that other nodes can reach them. */
export const portsListen = defineCheck({
  name: 'ports-listen',
  scope: 'node',
  schema: z.strictObject({ ports: z.array(z.number().int()).min(1) }),
  withinSeconds: 15,

  observe: (reach, setting) => listeningSockets(reach, checkedNode(setting).name),

  judge(sockets, setting, { ports }): Judgement {
    const { address } = checkedNode(setting);
    const wanted = ports.map((port) => `${address}:${String(port)}`).join(', ');
    const expected = words(`listening on ${wanted}`, `à l'écoute sur ${wanted}`);
    const onPorts = sockets.filter((socket) => ports.includes(socket.port));
    const seen =
      onPorts.length === 0
        ? words('nothing on these ports', 'rien sur ces ports')
        : verbatim(onPorts.map(shown).join(', '));
    const closed = ports.filter(
      (port) => !onPorts.some((socket) => socket.port === port && takesConnectionsTo(socket, address)),
    );
    if (closed.length === 0) return { verdict: 'pass', expected, seen };
    return {
      verdict: 'fail',
      expected,
      seen,
      cause: joinWords(
        closed.map((port) => unreachablePort(port, onPorts, address)),
        '\n',
      ),
    };
  },

  command: (_setting, { ports }) => `ss -ltnp '( ${ports.map((port) => `sport = :${String(port)}`).join(' or ')} )'`,
});

function shown(socket: ListeningSocket): string {
  return `${socket.address}:${String(socket.port)}${socket.program === null ? '' : ` (${socket.program})`}`;
}
