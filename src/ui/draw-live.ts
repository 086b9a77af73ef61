// Frames that are drawn one after the other in the same place.

import { onlyOurColours } from './colours.ts';
import { type OutputStream } from './open-sink.ts';
import { usableColumns, usableRows } from './terminal-width.ts';

export async function drawLive(stdout: OutputStream, frames: AsyncIterable<string>): Promise<void> {
  const { createLogUpdate } = await import('log-update');
  const draw = createLogUpdate(sized(stdout.live ?? stdout) as NodeJS.WritableStream);
  for await (const text of frames) {
    // The screen may be lower than the lab is long: without the cut, lines pile up.
    draw(
      onlyOurColours(text)
        .trimEnd()
        .split('\n')
        .slice(0, usableRows(stdout.rows) - 1)
        .join('\n'),
    );
  }
  draw.done();
}

/** A terminal may not know its size (a serial line says 0 by 0), and log-update would then draw nothing at all. */
function sized(stdout: OutputStream): object {
  return {
    write: (text: string) => stdout.write(text),
    get columns() {
      return usableColumns(stdout.columns);
    },
    get rows() {
      return usableRows(stdout.rows);
    },
  };
}
