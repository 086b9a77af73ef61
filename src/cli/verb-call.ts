import { type Words } from '../model/words.ts';
import { type GlobalOptions } from './invocation.ts';
import { type Verb } from './services.ts';

export type Say = (text: Words) => string;
/** Runs a verb with the parsed global options and keeps its exit status. */
export type Call = <A extends readonly unknown[]>(
  options: GlobalOptions,
  load: () => Promise<Verb<A>>,
  ...args: A
) => Promise<void>;
