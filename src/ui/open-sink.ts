import { exitStatus, LabError } from '../model/errors.ts';
import { words } from '../model/words.ts';

/** The little that faces need of a stream; process.stdout is one. */
export interface OutputStream {
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  readonly isTTY?: boolean | undefined;
  /** Of one that is guarded: what obeys the sequences that move the cursor. */
  readonly live?: OutputStream;
}

export interface Sink {
  write(text: string): void;
  /** Why output was lost (a full disk); undefined also when the reader has simply gone. */
  failure(): LabError | undefined;
}

/** A reader that has left: `| head`, a terminal window that was closed. */
const readerGone = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END']);

/**
 * Writes to a stream without ever dying of it: a change of the lab goes on when nobody reads any more. Attaches one
 * listener to the stream.
 */
export function openSink(stream: OutputStream): Sink {
  let gone = false;
  let failure: LabError | undefined;
  const lose = (error: Error): void => {
    gone = true;
    if (!readerGone.has((error as NodeJS.ErrnoException).code ?? '')) failure ??= outputLost(error);
  };
  stream.on('error', lose);
  return {
    write(text) {
      if (gone) return;
      try {
        stream.write(text);
      } catch (error) {
        lose(error instanceof Error ? error : new Error(String(error)));
      }
    },
    failure: () => failure,
  };
}

function outputLost(cause: Error): LabError {
  return new LabError('output-lost', words('The output could not be written.', "La sortie n'a pas pu être écrite."), {
    exit: exitStatus.hostCannot,
    cause,
  });
}
