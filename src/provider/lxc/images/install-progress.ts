import { words } from '../../../model/words.ts';
import { type ImageWork } from './image-work.ts';

/** Turns what apt and dpkg print into a line of progress: 45 of 130 packages set up. */
export function installProgress(work: Pick<ImageWork, 'progress'>): (text: string) => void {
  let unpacked = 0;
  let setUp = 0;
  return (text) => {
    unpacked += count(text, /^(Unpacking|Extracting) /gm);
    setUp += count(text, /^Setting up /gm);
    if (unpacked + setUp === 0) return;
    work.progress(
      words(`${unpacked} packages unpacked, ${setUp} set up`, `${unpacked} paquets décompressés, ${setUp} configurés`),
    );
  };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
