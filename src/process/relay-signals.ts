import { signalGroup } from './signal-group.ts';

/** Keys and the end of a terminal: its foreground group hears them, and a program in a session of its own does not. */
const relayed = ['SIGINT', 'SIGQUIT', 'SIGHUP'] as const;

/** Where lab hears signals: its process. */
export type Signals = Pick<NodeJS.EventEmitter, 'on' | 'off'>;

/** What a terminal tells us, the group of `leader` hears too, until the function that is returned is called. */
export function relaySignals(leader: number, signals: Signals): () => void {
  const relays = relayed.map((signal) => [signal, () => signalGroup(leader, signal)] as const);
  const stop = () => {
    // Not SIGTSTP, which stops nobody in a session without a terminal.
    signalGroup(leader, 'SIGSTOP');
    process.kill(process.pid, 'SIGSTOP');
  };
  const goOn = () => signalGroup(leader, 'SIGCONT');
  const all = [...relays, ['SIGTSTP', stop] as const, ['SIGCONT', goOn] as const];
  for (const [signal, listener] of all) signals.on(signal, listener);
  return () => {
    for (const [signal, listener] of all) signals.off(signal, listener);
  };
}
