import { type RunFace, type RunFaceOptions } from './run-face.ts';
import { jsonLine } from './json-line.ts';
import { openSink } from './open-sink.ts';

/** One event a line, as announced, in English. */
export function createJsonRunFace({ stdout }: Pick<RunFaceOptions, 'stdout'>): RunFace {
  const sink = openSink(stdout);
  return {
    announce: (event) => {
      sink.write(jsonLine(event));
    },
    close: () => {
      const lost = sink.failure();
      return lost === undefined ? Promise.resolve() : Promise.reject(lost);
    },
  };
}
