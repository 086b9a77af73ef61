import { StringDecoder } from 'node:string_decoder';

/** Collects a program's output as text. Above the limit its beginning goes: what explains a failure comes last. */
export interface OutputTail {
  /** Returns the text that this piece completes; a character cut in two waits for its other half. */
  add(piece: Buffer): string;
  text(): string;
}

export function createOutputTail(maxBytes: number): OutputTail {
  const decoder = new StringDecoder('utf8');
  const pieces: string[] = [];
  let held = 0;
  let cut = false;
  return {
    add(piece) {
      const text = decoder.write(piece);
      pieces.push(text);
      held += text.length;
      while (held > maxBytes && pieces.length > 1) {
        held -= pieces.shift()?.length ?? 0;
        cut = true;
      }
      return text;
    },
    text() {
      const whole = pieces.join('') + decoder.end();
      if (!cut && whole.length <= maxBytes) return whole;
      return `[the beginning of the output is left out]\n${whole.slice(-maxBytes)}`;
    },
  };
}
