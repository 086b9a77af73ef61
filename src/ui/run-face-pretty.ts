import { type RunFace, type RunFaceOptions } from './run-face.ts';
import { openSink } from './open-sink.ts';
import { shown } from './shown.ts';

/**
 * The live view of a terminal. listr2 is loaded while the run begins; events that come before it is there wait in
 * line. A fault of the drawing never stops the run: `close` reports it.
 */
export function createPrettyRunFace(options: RunFaceOptions): RunFace {
  const now = options.now ?? (() => performance.now());
  const sinks = [openSink(options.stdout), openSink(options.stderr)];
  let view = import('./task-view.ts').then(({ openTaskView }) => openTaskView({ ...options, now }));
  const later = (show: (opened: Awaited<typeof view>) => void): void => {
    view = view.then((opened) => {
      show(opened);
      return opened;
    });
    view.catch(() => undefined);
  };
  return {
    announce: (event) => {
      const at = now();
      later((opened) => {
        opened.show(shown(event), at);
      });
    },
    async close() {
      await (await view).close();
      const lost = sinks.map((sink) => sink.failure()).find((failure) => failure !== undefined);
      if (lost !== undefined) throw lost;
    },
  };
}
