import pLimit from 'p-limit';
import { type CommandResult } from '../model/command.ts';
import { type LabObservation } from '../model/observation.ts';
import { type Provider } from '../provider/provider.ts';
import { type Reach } from './reach.ts';

export interface ReachDependencies extends Pick<Reach, 'workshop' | 'edition' | 'chapterStarts' | 'faulted'> {
  readonly provider: Pick<Provider, 'exec' | 'execOnNetwork'>;
  readonly signal?: AbortSignal;
}

/** Seconds that one observation may take before it counts as not made. */
const probeTimeoutSeconds = 15;

/**
 * Programs of one look that run in nodes at the same time. A look asks a hundred things at once: on two cores each of them
 * would be slow, and some so slow that they count as not answered.
 */
const programsAtOnce = 12;

/**
 * Bytes of one answer, and of all that a look keeps: a hundred programs of a node may each say what a student likes. The
 * longest answers, a journal's last lines, are far below the first; beyond the second a look has room for short ones only.
 */
const mostOfAnAnswer = 16 * 1024 * 1024;
const mostOfALook = 128 * 1024 * 1024;
const shortAnswer = 64 * 1024;

/** One look: the same command on the same node is run once, also for those who ask while it runs. */
export function createReach(deps: ReachDependencies, observation: LabObservation): Reach {
  const asked = new Map<string, Promise<CommandResult>>();
  let kept = 0;
  const limits = () => ({
    timeoutSeconds: probeTimeoutSeconds,
    maxBytes: Math.max(shortAnswer, Math.min(mostOfAnAnswer, mostOfALook - kept)),
  });
  const once = (key: string, ask: () => Promise<CommandResult>): Promise<CommandResult> => {
    const known = asked.get(key);
    if (known) return known;
    const answer = ask();
    asked.set(key, answer);
    answer.then(
      ({ stdout, stderr }) => (kept += stdout.length + stderr.length),
      () => undefined,
    );
    return answer;
  };
  const signal = deps.signal && { signal: deps.signal };
  const inTurn = pLimit(programsAtOnce);
  return {
    workshop: deps.workshop,
    edition: deps.edition,
    observation,
    chapterStarts: deps.chapterStarts,
    ...(deps.faulted && { faulted: deps.faulted }),
    anew: () => createReach(deps, observation),
    exec: (node, argv, options) =>
      once(JSON.stringify([node, argv, options]), () =>
        inTurn(() => deps.provider.exec(node, argv, { ...limits(), ...options, ...signal })),
      ),
    execOnNetwork: (argv, options) =>
      once(JSON.stringify([null, argv, options]), () =>
        deps.provider.execOnNetwork(argv, { ...limits(), ...options, ...signal }),
      ),
  };
}
