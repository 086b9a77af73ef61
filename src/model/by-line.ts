/** No line that lab is told is nearly as long; one that is longer is not lab's, and is left out. In characters. */
const longestLine = 64 * 1024 * 1024;

/** Makes lines of a text that comes in pieces, in a time that grows with its length alone. What has no end is not told. */
export function byLine(hear: (line: string) => void, longest = longestLine): (text: string) => void {
  let pieces: string[] = [];
  let held = 0;
  const take = (piece: string): void => {
    held += piece.length;
    if (held <= longest) pieces.push(piece);
    else pieces = [];
  };
  return (text) => {
    const [first = '', ...others] = text.split('\n');
    take(first);
    for (const next of others) {
      if (held <= longest) hear(pieces.join(''));
      pieces = [];
      held = 0;
      take(next);
    }
  };
}
