import { type Language } from '../model/words.ts';

export type OutputFormat = 'pretty' | 'plain' | 'json';

/** Where a face writes, and how. The caller decides all of it; a face never looks at the process or its environment. */
export interface Page {
  readonly format: OutputFormat;
  readonly language: Language;
  readonly colour: boolean;
  /** Width of the terminal. Only `pretty` breaks lines; plain lines are left whole for grep. */
  readonly columns?: number | undefined;
  write(text: string): void;
}
