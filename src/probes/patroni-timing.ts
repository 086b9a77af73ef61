import * as z from 'zod';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPatroni, type PatroniAnswer } from './patroni-rest.ts';
import { type Observed, type Reach } from './reach.ts';

/** The three clocks of Patroni, in seconds, as the dynamic configuration has them. */
export interface PatroniTiming {
  /** How long the leader key lives when nobody renews it. */
  readonly ttl: number;
  /** How long Patroni sleeps between two rounds. */
  readonly loop_wait: number;
  /** How long it goes on trying to reach etcd and PostgreSQL before it gives up. */
  readonly retry_timeout: number;
}

/** Patroni's own defaults stand in for what is not set. */
export const patroniTimingSchema: z.ZodType<PatroniTiming> = z.object({
  ttl: z.number().default(30),
  loop_wait: z.number().default(10),
  retry_timeout: z.number().default(10),
});

export function patroniTiming(reach: Reach, node: NodeDefinition): Promise<Observed<PatroniAnswer<PatroniTiming>>> {
  return askPatroni(reach, node, '/config', patroniTimingSchema);
}

export function sameTiming(one: PatroniTiming, other: PatroniTiming): boolean {
  return one.ttl === other.ttl && one.loop_wait === other.loop_wait && one.retry_timeout === other.retry_timeout;
}
