import { type Readable } from 'node:stream';

/** What a program wrote before its end is read well within this time. */
const quietMilliseconds = 200;

/** Closes our end of the pipes of a program that has ended, once nothing more comes out of them. */
export function letGoWhenQuiet(pipes: readonly Readable[]): void {
  let heard = false;
  const hear = (): void => {
    heard = true;
  };
  const look = (): void => {
    if (pipes.every((pipe) => pipe.closed)) return;
    if (heard) {
      listen();
      return;
    }
    for (const pipe of pipes) pipe.destroy();
  };
  const listen = (): void => {
    heard = false;
    // After a busy moment of ours the timer is due before the pipes are read: setImmediate comes after the reading.
    setTimeout(() => setImmediate(look), quietMilliseconds).unref();
  };
  for (const pipe of pipes) pipe.on('data', hear);
  listen();
}
