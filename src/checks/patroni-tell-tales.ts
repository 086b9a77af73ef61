import { type TellTale } from './tell-tale.ts';

/** What Patroni writes when it can't start or can't go on. */
export const patroniTellTales: readonly TellTale[] = [];
