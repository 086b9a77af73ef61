// Every run leaves a transcript: each command, its node, its output, its duration. For reading, not for parsing.

import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type LabEvent } from '../model/events.ts';
import { showControlCharacters } from '../model/show-control-characters.ts';

export interface Transcript {
  readonly path: string;
  readonly write: (event: LabEvent) => void;
  close(): Promise<void>;
}

/**
 * What is written has no secrets any more (redactEvent), and control characters are shown: people read it with `cat`. All
 * the same the file is its owner's alone to read.
 */
export async function openTranscript(directory: string, run: string, now: () => Date): Promise<Transcript> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const path = join(directory, `${run}.log`);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  // A full disk must not end the run; what is missing in the transcript is missing.
  stream.on('error', () => undefined);
  return {
    path,
    write: (event) => {
      const lines = describe(event);
      if (lines !== null)
        stream.write(`${now().toISOString()} ${showControlCharacters(lines)}
`);
    },
    close: () => new Promise((resolve) => stream.end(resolve)),
  };
}

function describe(event: LabEvent): string | null {
  switch (event.kind) {
    case 'planned':
      return ['plan', ...event.plan.items.map((item) => `  ${planned(item)}: ${item.reason.en}`)].join('\n');
    case 'item-started':
      return `${event.item}: ${event.title.en}`;
    case 'item-progress':
      return `${event.item}: ${event.text.en}`;
    case 'item-finished':
      return `${event.item}: ${event.outcome} in ${event.seconds.toFixed(3)} s${event.error ? `: ${event.error.en}` : ''}`;
    case 'command-ran':
      return `${event.item}: ${event.node ?? 'trainer'}$ ${event.argv.join(' ')}\n${indent(event.output)}  = ${String(event.exitStatus)} in ${event.seconds.toFixed(3)} s`;
    case 'check-judged': {
      const { result } = event;
      const what = `${event.item}: check ${result.id} ${result.node ?? ''} ${result.verdict} after ${String(result.attempts)}`;
      return result.verdict === 'pass'
        ? what
        : `${what}\n  expected ${result.expected.en}\n  seen ${result.seen.en}\n  cause ${result.cause?.en ?? 'not known'}`;
    }
    case 'measured':
      return `${event.item}: ${event.what.en}: ${event.seconds.toFixed(3)} s (at most ${event.boundSeconds?.toFixed(3) ?? '?'} s)`;
    case 'notice':
      return event.text.en;
  }
}

function planned(item: { readonly kind: string } & Partial<Record<'node' | 'chapter' | 'step', string>>): string {
  return [item.kind, item.node ?? [item.chapter, item.step].filter(Boolean).join('/')].join(' ').trim();
}

function indent(output: string): string {
  return output.trim() === '' ? '' : `${output.trimEnd().replace(/^/gm, '  | ')}\n`;
}
