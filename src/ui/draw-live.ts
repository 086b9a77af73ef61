// A frame that is drawn again and again in place until the person leaves with Ctrl-C.

import { onlyOurColours } from './colours.ts';
import { type OutputStream } from './open-sink.ts';
import { usableColumns, usableRows } from './terminal-width.ts';

const frameMilliseconds = 1000;

export async function drawLive(stdout: OutputStream, signal: AbortSignal, frame: () => Promise<string>): Promise<void> {
  const { createLogUpdate } = await import('log-update');
  const draw = createLogUpdate(sized(stdout.live ?? stdout) as NodeJS.WritableStream);
  while (!signal.aborted) {
    const text = await frame();
    // The screen may be lower than the lab is long: without the cut, lines pile up.
    draw(
      onlyOurColours(text)
        .trimEnd()
        .split('\n')
        .slice(0, usableRows(stdout.rows) - 1)
        .join('\n'),
    );
    await nextFrame(signal);
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

function nextFrame(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, frameMilliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
