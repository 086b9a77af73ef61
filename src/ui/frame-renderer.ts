import { DefaultRenderer, ListrLogger, ProcessOutput, Spinner, type ListrDefaultRendererLogLevels } from 'listr2';
import { onlyOurColours } from './colours.ts';
import { type OutputStream } from './open-sink.ts';
import { usableRows } from './terminal-width.ts';

/** The lines of the task whose title is `key`. */
export type DrawRow = (key: string, spinner: string, level: number) => string[];

/**
 * listr2's own renderer with our lines in it: tasks carry a key as their title, and `draw` says what stands there. It
 * also keeps listr2 from asking process.stdout whether it is a terminal and how wide.
 */
export function frameRenderer(draw: DrawRow): typeof DefaultRenderer {
  return class FrameRenderer extends DefaultRenderer {
    static override nonTTY = true;
    private ended = false;

    /**
     * log-update measures a line anew for every word of it, and padding is full of words: 30 ms a frame, a third of a
     * core. A line without a breakable space is measured once. What stays on the screen has its spaces.
     */
    override create(options?: Parameters<DefaultRenderer['create']>[0]): string {
      const frame = super.create(options);
      return this.ended ? frame : frame.replaceAll(' ', '\u00a0');
    }

    override end(): void {
      this.ended = true;
      super.end();
    }

    protected override format(message: string, icon: string, level: number): string[] {
      return draw(message, icon, level).map(onlyOurColours);
    }
  };
}

/** Turns slower than listr2's own, which draws ten frames a second. */
export class FrameSpinner extends Spinner {
  override start(turn?: () => void): void {
    super.start(turn, 160);
  }
}

/** Where listr2 writes: the given streams, with a size that can be trusted, read anew for every frame. */
export function frameLogger(
  stdout: OutputStream,
  stderr: OutputStream,
  columns: () => number,
): ListrLogger<ListrDefaultRendererLogLevels> {
  const output = new SizedOutput(asTerminal(stdout.live ?? stdout), asTerminal(stderr.live ?? stderr));
  output.size = { columns, rows: () => usableRows(stdout.rows) };
  return new ListrLogger({ useIcons: true, toStderr: [], processOutput: output });
}

class SizedOutput extends ProcessOutput {
  size = { columns: () => 80, rows: () => 24 };

  override get stdout(): NodeJS.WriteStream {
    const real = super.stdout;
    const { size } = this;
    return asTerminal({
      write: (text: string) => real.write(text),
      get columns() {
        return size.columns();
      },
      get rows() {
        return size.rows();
      },
    });
  }
}

/** listr2 is typed for process.stdout and uses `write` and the size alone. */
function asTerminal(stream: object): NodeJS.WriteStream {
  return stream as NodeJS.WriteStream;
}
