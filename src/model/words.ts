// Whatever a person reads exists in both languages, side by side, at the place where it is said.

export const languages = ['en', 'fr'] as const;
export type Language = (typeof languages)[number];

/** One thing said in every language of the program. JSON output and logs use the English one. */
export type Words = Readonly<Record<Language, string>>;

export function words(en: string, fr: string): Words {
  return { en, fr };
}

/** For text that is the same in every language: a command, an address, a program's own output. */
export function verbatim(text: string): Words {
  return { en: text, fr: text };
}

export function joinWords(parts: readonly Words[], separator: string): Words {
  return {
    en: parts.map((part) => part.en).join(separator),
    fr: parts.map((part) => part.fr).join(separator),
  };
}
