import { showControlCharacters } from '../model/show-control-characters.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in HTML, between tags and in attributes; its control characters, which HTML forbids, are shown. */
export function escapeMarkup(text: string): string {
  return showControlCharacters(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
