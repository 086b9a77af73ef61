import { type Page } from '../../src/ui/page.ts';

/** A page that keeps what is written on it. */
export function paper(change: Partial<Page> = {}): Page & { readonly text: () => string } {
  const written: string[] = [];
  return {
    format: 'plain',
    language: 'en',
    colour: false,
    write: (text) => {
      written.push(text);
    },
    ...change,
    text: () => written.join(''),
  };
}
