import { Listr } from 'listr2';
import { createPalette } from './colours.ts';
import { type RunFaceOptions } from './run-face.ts';
import { frameLogger, frameRenderer, FrameSpinner } from './frame-renderer.ts';
import { frameRowLines, type FrameRow } from './frame-row.ts';
import { growingTasks, type GrowingTasks } from './growing-tasks.ts';
import { usableColumns } from './terminal-width.ts';

/** A row on the board. It may change until it is ended; a heading is ended with its `tasks`. */
export interface BoardRow {
  row: FrameRow;
  end(): void;
}

export interface BoardHeading extends BoardRow {
  addRow(row: FrameRow): BoardRow;
}

/** What listr2 draws: headings with rows below them, and rows of their own. Drawing begins with the first one. */
export interface TaskBoard {
  addHeading(row: FrameRow): BoardHeading;
  addRow(row: FrameRow): BoardRow;
  /** Every row must have been ended. */
  close(): Promise<void>;
}

export type BoardOptions = Pick<RunFaceOptions, 'language' | 'colour' | 'stdout' | 'stderr' | 'columns'> & {
  readonly now: () => number;
};

export function openTaskBoard(options: BoardOptions): TaskBoard {
  const rows = new Map<string, { readonly row: FrameRow }>();
  const top = growingTasks();
  const list = boardList(top, rows, options);
  let drawing: Promise<unknown> | undefined;
  /** listr2 knows a row by its key alone; what stands there is read from `rows` at every frame. */
  const place = (row: { readonly row: FrameRow }): string => {
    const key = String(rows.size);
    rows.set(key, row);
    return key;
  };
  const addRowTo = (tasks: GrowingTasks, row: FrameRow): BoardRow => {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const placed = { row, end };
    tasks.add({ title: place(placed), task: () => ended });
    drawing ??= list.run();
    return placed;
  };
  return {
    addRow: (row) => addRowTo(top, row),
    addHeading(row) {
      const below = growingTasks();
      const placed = {
        row,
        end: () => {
          below.end();
        },
        addRow: (inner: FrameRow) => addRowTo(below, inner),
      };
      top.add({
        title: place(placed),
        task: (_context, wrapper) => wrapper.newListr([below.first], { concurrent: true }),
      });
      drawing ??= list.run();
      return placed;
    },
    async close() {
      top.end();
      await drawing;
    },
  };
}

function boardList(top: GrowingTasks, rows: ReadonlyMap<string, { readonly row: FrameRow }>, options: BoardOptions) {
  const { language, stdout, stderr, now } = options;
  const palette = createPalette(options.colour);
  const columns = () => usableColumns(options.columns === undefined ? stdout.columns : options.columns());
  const draw = (key: string, spinner: string, level: number): string[] => {
    const placed = rows.get(key);
    return placed === undefined
      ? []
      : frameRowLines(placed.row, spinner, level, { language, palette, columns: columns(), now: now() });
  };
  return new Listr([top.first], {
    concurrent: true,
    exitOnError: false,
    // listr2's own would end the process at Ctrl-C, without the engine's clean end.
    registerSignalListeners: false,
    renderer: frameRenderer(draw),
    rendererOptions: {
      logger: frameLogger(stdout, stderr, columns),
      spinner: new FrameSpinner(),
      collapseSubtasks: false,
    },
  });
}
