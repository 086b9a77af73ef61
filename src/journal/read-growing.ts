import { fstatSync, readSync } from 'node:fs';

export interface GrowingText {
  /** Whole lines that came since the last call. */
  newLines(): string;
  /** What was read last does not end with the end of a line. */
  isCutOff(): boolean;
}

/** Of an open file that only ever grows, from its beginning. */
export function readGrowing(descriptor: number): GrowingText {
  let position = 0;
  let rest: Buffer = Buffer.alloc(0);
  return {
    newLines: () => {
      const more = Buffer.alloc(Math.max(0, fstatSync(descriptor).size - position));
      const length = more.length === 0 ? 0 : readSync(descriptor, more, 0, more.length, position);
      position += length;
      const text = Buffer.concat([rest, more.subarray(0, length)]);
      const end = text.lastIndexOf(0x0a) + 1;
      rest = text.subarray(end);
      return text.toString('utf8', 0, end);
    },
    isCutOff: () => rest.length > 0,
  };
}
