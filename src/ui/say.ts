import { type Language, type Words } from '../model/words.ts';

export function say(words: Words, language: Language): string {
  return words[language];
}
