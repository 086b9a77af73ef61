// A frame that is drawn again and again in place until the person leaves with Ctrl-C.

import { type OutputStream } from './open-sink.ts';

const frameMilliseconds = 1000;

export async function drawLive(stdout: OutputStream, signal: AbortSignal, frame: () => Promise<string>): Promise<void> {
  const { createLogUpdate } = await import('log-update');
  const draw = createLogUpdate(stdout as NodeJS.WritableStream);
  while (!signal.aborted) {
    const text = await frame();
    // The screen may be lower than the lab is long: without the cut, lines pile up.
    draw(
      text
        .trimEnd()
        .split('\n')
        .slice(0, Math.max(1, (stdout.rows ?? 50) - 1))
        .join('\n'),
    );
    await nextFrame(signal);
  }
  draw.done();
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
