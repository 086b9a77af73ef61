import { createJsonRunFace } from './run-face-json.ts';
import { createPlainRunFace } from './run-face-plain.ts';
import { createPrettyRunFace } from './run-face-pretty.ts';
import { type RunFace, type RunFaceOptions } from './run-face.ts';

export function createRunFace(options: RunFaceOptions): RunFace {
  if (options.format === 'json') return createJsonRunFace(options);
  if (options.format === 'plain' || options.stdout.isTTY !== true) return createPlainRunFace(options);
  return createPrettyRunFace(options);
}
