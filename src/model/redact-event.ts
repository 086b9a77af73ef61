// Where secrets may stand in what lab announces, reports and throws.

import { LabError } from './errors.ts';
import { type LabEvent } from './events.ts';
import { type Redaction } from './redaction.ts';
import { type CheckResult } from './verdict.ts';
import { type Words } from './words.ts';

/** As every listener may have it. */
export function redactEvent(event: LabEvent, redaction: Redaction): LabEvent {
  switch (event.kind) {
    case 'command-ran':
      return { ...event, argv: event.argv.map(redaction.said), output: redaction.said(event.output) };
    case 'item-progress':
    case 'notice':
      return { ...event, text: redactWords(event.text, redaction) };
    case 'item-finished':
      return { ...event, ...(event.error && { error: redactWords(event.error, redaction) }) };
    case 'check-judged':
      return { ...event, result: redactResult(event.result, redaction) };
    case 'planned':
    case 'item-started':
    case 'measured':
      // Lab's own words, and the workshop's.
      return event;
  }
}

export function redactResult(result: CheckResult, redaction: Redaction): CheckResult {
  const { expected, seen, cause, hint, command } = result;
  return {
    ...result,
    expected: redactWords(expected, redaction),
    seen: redactWords(seen, redaction),
    cause: cause && redactWords(cause, redaction),
    hint: hint && redactWords(hint, redaction),
    command: redaction.told(command),
  };
}

/** The same in all that is shown of it, to a person or a script. */
export function redactError(error: unknown, redaction: Redaction): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? redaction.told(error) : error;
  const cause = error.cause === undefined ? {} : { cause: redactError(error.cause, redaction) };
  if (error instanceof LabError) {
    const { code, what, hint, exit } = error;
    const shown = { exit, ...(hint && { hint: redactWords(hint, redaction) }), ...cause };
    return new LabError(code, redactWords(what, redaction), shown);
  }
  const { name, message, stack = '' } = error;
  return Object.assign(new Error(redaction.told(message), cause), { name, stack: redaction.told(stack) });
}

function redactWords({ en, fr }: Words, { told }: Redaction): Words {
  return { en: told(en), fr: told(fr) };
}
