import { EventEmitter } from 'node:events';
import { type OutputStream } from '../../src/ui/open-sink.ts';

/**
 * A terminal that understands what live views write: it keeps the screen with what has scrolled off. Colours are kept
 * out. `until` comes back as soon as the screen satisfies a condition.
 */
export class FakeTerminal extends EventEmitter implements OutputStream {
  readonly isTTY = true;
  columns: number | undefined = 80;
  rows: number | undefined = 24;
  cursorHidden = false;
  raw = '';
  readonly #lines: string[] = [''];
  #row = 0;
  #column = 0;

  write(text: string): boolean {
    this.raw += text;
    // eslint-disable-next-line no-control-regex
    for (const part of text.match(/\x1b\[[?0-9;]*[A-Za-z]|\n|[^\x1b\n]+/g) ?? []) this.#take(part);
    this.emit('drawn');
    return true;
  }

  screen(): string {
    return this.#lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  }

  until(condition: (screen: string) => boolean): Promise<string> {
    return new Promise((resolve) => {
      const look = (): void => {
        // While a view is live its spaces are non-breaking.
        const screen = this.screen().replaceAll('\u00a0', ' ');
        if (!condition(screen)) return;
        this.off('drawn', look);
        resolve(screen);
      };
      this.on('drawn', look);
      look();
    });
  }

  #take(part: string): void {
    if (part === '\n') this.#newLine();
    else if (!part.startsWith('\u001b')) this.#print(part);
    else if (part.endsWith('A')) this.#row = Math.max(0, this.#row - Number.parseInt(part.slice(2), 10));
    else if (part.endsWith('G')) this.#column = 0;
    else if (part === '\u001b[2K') this.#lines[this.#row] = '';
    else if (part === '\u001b[?25l') this.cursorHidden = true;
    else if (part === '\u001b[?25h') this.cursorHidden = false;
    else if (!part.endsWith('m')) throw new Error(`the fake terminal does not know ${JSON.stringify(part)}`);
  }

  #print(text: string): void {
    for (const character of text) {
      // A terminal that says 0 is 80 wide in truth.
      if (this.#column === (this.columns || 80)) this.#newLine();
      const line = this.#lines[this.#row] ?? '';
      this.#lines[this.#row] =
        line.padEnd(this.#column).slice(0, this.#column) + character + line.slice(this.#column + 1);
      this.#column += 1;
    }
  }

  #newLine(): void {
    this.#row += 1;
    this.#column = 0;
    this.#lines[this.#row] ??= '';
  }
}
