import { pause } from '../clock/pause.ts';
import { observeStatus } from '../engine/observe-status.ts';
import { exitStatus } from '../model/errors.ts';
import { drawLive } from '../ui/draw-live.ts';
import { renderStatus } from '../ui/render-status.ts';
import { pageOf } from './page-of.ts';
import { readLab } from './read-lab.ts';
import { type Verb } from './services.ts';

export interface StatusOptions {
  readonly watch?: boolean;
}

export const status: Verb<[options: StatusOptions]> = async (world, invocation, options) => {
  const page = pageOf(world, invocation);
  const show = async (write: (text: string) => void): Promise<void> => {
    // Read anew each time: while one person watches, another one works.
    const lab = await readLab(world, invocation);
    const found = await observeStatus({ ...lab, lab: invocation.lab, signal: world.signal }, lab.history);
    renderStatus(found, { ...page, write });
  };
  if (options.watch !== true || world.stdout.isTTY !== true) {
    await show((text) => {
      page.write(text);
    });
    return exitStatus.done;
  }
  await drawLive(world.stdout, frames(world.signal, show));
  return exitStatus.done;
};

const frameMilliseconds = 1000;

/** Until the person leaves with Ctrl-C. */
async function* frames(
  signal: AbortSignal,
  show: (write: (text: string) => void) => Promise<void>,
): AsyncGenerator<string> {
  while (!signal.aborted) {
    const parts: string[] = [];
    await show((text) => parts.push(text));
    yield parts.join('');
    await pause(frameMilliseconds, signal);
  }
}
