import * as z from 'zod';
import { type WorkshopDeps } from '../../src/workshop/kinds.ts';

/** The kinds that the workshops of fixtures/bad-workshops use. */
export const tinyKinds: WorkshopDeps = {
  actionKinds: new Map([
    [
      'write-file',
      {
        schema: z.strictObject({
          file: z.string(),
          path: z.string().startsWith('/'),
          mode: z.string().default('0644'),
        }),
        files: (args: unknown) => [fileOf(args)],
      },
    ],
    ['service', { schema: z.strictObject({ unit: z.string(), state: z.enum(['running', 'stopped']) }) }],
  ]),
  checkKinds: new Map([
    [
      'file-holds',
      {
        schema: z.strictObject({ file: z.string() }),
        scope: 'node' as const,
        files: (args: unknown) => [fileOf(args)],
      },
    ],
    ['service-runs', { schema: z.strictObject({ unit: z.string() }), scope: 'node' as const }],
    ['has-leader', { schema: z.strictObject({ at_least: z.int().min(1) }), scope: 'cluster' as const }],
  ]),
};

function fileOf(args: unknown): string {
  return z.object({ file: z.string() }).parse(args).file;
}
