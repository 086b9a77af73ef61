import { type RunFailure } from '../model/run-failure.ts';

/** What stopped a run that changes a lab, with where it stood: main.ts shows both. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
  readonly failure: RunFailure;

  constructor(cause: unknown, failure: RunFailure) {
    super('a run was stopped', { cause });
    this.failure = failure;
  }
}
