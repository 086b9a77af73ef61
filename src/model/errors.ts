import { type Words } from './words.ts';

/** The contract of CLI.md, "Exit status". */
export const exitStatus = {
  done: 0,
  failed: 1,
  usage: 2,
  invalidWorkshop: 3,
  hostCannot: 4,
  locked: 5,
  internal: 70,
  interrupted: 130,
} as const;
export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/**
 * A failure that a person can act on. `code` is permanent and English (`node-unknown`); `what` says what happened,
 * `hint` what to do next. Anything that is thrown and is not a LabError is a fault in lab (exit status 70).
 */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: string;
  readonly what: Words;
  readonly hint: Words | undefined;
  readonly exit: ExitStatus;

  constructor(
    code: string,
    what: Words,
    options: { readonly exit: ExitStatus; readonly hint?: Words; readonly cause?: unknown },
  ) {
    super(what.en, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.what = what;
    this.hint = options.hint;
    this.exit = options.exit;
  }
}
