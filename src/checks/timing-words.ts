import * as z from 'zod';
import { verbatim, type Words } from '../model/words.ts';
import { type PatroniTiming } from '../probes/patroni-timing.ts';

/** As a chapter writes it; seconds. */
export const timingSchema: z.ZodType<PatroniTiming> = z.strictObject({
  ttl: z.int().min(20),
  loop_wait: z.int().min(1),
  retry_timeout: z.int().min(3),
});

export function timingWords({ ttl, loop_wait, retry_timeout }: PatroniTiming): Words {
  return verbatim(`ttl ${ttl}, loop_wait ${loop_wait}, retry_timeout ${retry_timeout}`);
}
