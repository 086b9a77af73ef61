import { onlyOurColours } from './colours.ts';
import { type OutputStream } from './open-sink.ts';

/** Writes nothing that a terminal obeys but line breaks, tabs and our own colours: nobody can forget it. */
export interface GuardedStream extends OutputStream {
  /** The stream itself, for what moves the cursor (`drawLive`, `frameRenderer`): they guard each of their frames. */
  readonly live: OutputStream;
}

export function guardStream(stream: OutputStream): GuardedStream {
  return {
    live: stream,
    write: (text) => stream.write(onlyOurColours(text)),
    on: (event, listener) => stream.on(event, listener),
    get columns() {
      return stream.columns;
    },
    get rows() {
      return stream.rows;
    },
    get isTTY() {
      return stream.isTTY;
    },
  };
}
