import { words, type Words } from '../model/words.ts';
import { type ListeningSocket } from '../probes/listening-sockets.ts';

/** Why other nodes can't reach a TCP port of a node that has `address`. */
export function unreachablePort(port: number, sockets: readonly ListeningSocket[], address: string): Words {
  const there = sockets.filter((socket) => socket.port === port);
  const number = String(port);
  if (there.length === 0)
    return words(`no program listens on port ${number}`, `aucun programme n'écoute sur le port ${number}`);
  const program = there[0]?.program ?? null;
  const who = program === null ? words('a program', 'un programme') : words(program, program);
  const where = there.map((socket) => socket.address).join(', ');
  const loopback = there.every((socket) => socket.address.startsWith('127.') || socket.address === '::1');
  return loopback
    ? words(
        `${who.en} listens on port ${number} for this node alone (${where}): other nodes can't reach it at ${address}`,
        `${who.fr} n'écoute sur le port ${number} que pour ce nœud (${where}) : les autres ne peuvent pas le joindre sur ${address}`,
      )
    : words(
        `${who.en} listens on port ${number} of ${where}, not of this node's address ${address}`,
        `${who.fr} écoute sur le port ${number} de ${where}, et non sur l'adresse de ce nœud, ${address}`,
      );
}

/** Whether a connection to that address reaches the socket. */
export function takesConnectionsTo(socket: ListeningSocket, address: string): boolean {
  return socket.address === '*' || socket.address === address;
}
