import { type Words } from './words.ts';

/** One point of what this host needs to run labs, as `lab doctor` says it. */
export interface HostFinding {
  /** Permanent and English: `inotify-instances`. */
  readonly id: string;
  readonly ok: boolean;
  /** `needed`: labs can't run without it. `advice`: they run, but something will be slow, limited or missing. */
  readonly severity: 'needed' | 'advice';
  /** What was found, also when it is well. */
  readonly what: Words;
  /** What to do; null when nothing is to be done. */
  readonly remedy: Words | null;
}
