// How soon HAProxy takes a server out and back in, as its configuration says.

import { haproxySeconds, type HaproxySection, linesOf, valueAfter } from './haproxy-configuration.ts';

/** In seconds and in numbers of checks. */
export interface HealthTiming {
  readonly inter: number;
  readonly fastinter: number;
  readonly fall: number;
  readonly rise: number;
  /** How long a check waits for its answer. */
  readonly check: number;
}

/** Configuration Manual 2.6 and 3.0, 5.2: inter 2s, fall 3, rise 2; fastinter and the time-out of a check are inter's. */
export function healthTiming(back: HaproxySection): HealthTiming {
  const words = linesOf(back, 'default-server').flatMap((line) => line.words);
  const seconds = (name: string, otherwise: number): number =>
    haproxySeconds(valueAfter(words, name) ?? '') ?? otherwise;
  const count = (name: string, otherwise: number): number => Number(valueAfter(words, name) ?? otherwise);
  const inter = seconds('inter', 2);
  const timeout = linesOf(back, 'timeout', 'check')[0]?.words[2];
  return {
    inter,
    fastinter: seconds('fastinter', inter),
    fall: count('fall', 3),
    rise: count('rise', 2),
    check: haproxySeconds(timeout ?? '') ?? inter,
  };
}
