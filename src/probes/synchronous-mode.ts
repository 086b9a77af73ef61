import * as z from 'zod';
import { type SynchronousMode } from '../model/measurement.ts';
import { type NodeDefinition } from '../model/workshop.ts';
import { askPatroni, type PatroniAnswer } from './patroni-rest.ts';
import { type Observed, type Reach } from './reach.ts';

/** What the dynamic configuration says of synchronous replication. */
export interface SynchronousConfiguration {
  /** As written; null: nothing is. */
  readonly written: string | null;
  /** What this Patroni makes of it. */
  readonly mode: SynchronousMode;
  /** `synchronous_node_count`; null: not written, which counts as 1. */
  readonly count: number | null;
  readonly strict: boolean;
  /** `synchronous_standby_names` under postgresql.parameters; null: not written. */
  readonly ownNames: string | null;
  /** Keys directly under `postgresql`, and at the top. */
  readonly postgresqlKeys: readonly string[];
  readonly topKeys: readonly string[];
}

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();
const schema = z
  .looseObject({
    synchronous_mode: value,
    synchronous_mode_strict: value,
    synchronous_node_count: value,
    postgresql: z.looseObject({ parameters: z.looseObject({ synchronous_standby_names: value }).nullish() }).nullish(),
  })
  .transform((found): SynchronousConfiguration => {
    const written = found.synchronous_mode ?? null;
    const quorum = String(written).toLowerCase() === 'quorum';
    const on = isYes(written);
    const strict = isYes(found.synchronous_mode_strict ?? null);
    const names = found.postgresql?.parameters?.synchronous_standby_names ?? null;
    const count = Number(found.synchronous_node_count ?? Number.NaN);
    return {
      written: written === null ? null : String(written),
      mode: quorum ? 'quorum' : on ? (strict ? 'strict' : 'on') : 'off',
      count: Number.isNaN(count) ? null : count,
      strict,
      ownNames: names === null ? null : String(names),
      postgresqlKeys: Object.keys(found.postgresql ?? {}),
      topKeys: Object.keys(found),
    };
  });

/** `quorum` means something from this major version of Patroni on; an older one takes it for no. */
const firstWithQuorum = 4;

/** GET /config of a member. */
export async function synchronousConfiguration(
  reach: Reach,
  node: NodeDefinition,
): Promise<Observed<PatroniAnswer<SynchronousConfiguration>>> {
  return askPatroni(reach, node, '/config', synchronousSchema(reach));
}

/** Of the dynamic configuration as it stands, or stood, in etcd. */
export function synchronousSchema({ edition }: Pick<Reach, 'edition'>): z.ZodType<SynchronousConfiguration> {
  const major = Number.parseInt(edition.values['patroni'] ?? '', 10);
  return schema.transform((found) =>
    found.mode === 'quorum' && major < firstWithQuorum ? withoutQuorum(found) : found,
  );
}

function withoutQuorum(found: SynchronousConfiguration): SynchronousConfiguration {
  return { ...found, mode: 'off' };
}

/** As Patroni reads a boolean. */
function isYes(written: string | number | boolean | null): boolean {
  return written === true || /^(true|on|yes|1)$/i.test(String(written));
}
