// What stands for a value in usage lines: `<node>`. Options and arguments are declared in English; people read theirs.

import { type Language } from '../model/words.ts';

const french: Readonly<Record<string, string>> = {
  chapter: 'chapitre',
  command: 'commande',
  count: 'nombre',
  dir: 'dossier',
  fault: 'panne',
  file: 'fichier',
  name: 'nom',
  node: 'nœud',
  number: 'nombre',
  other: 'autre',
  page: 'page',
  rate: 'débit',
  scenario: 'scénario',
  step: 'étape',
  time: 'durée',
  unit: 'unité',
  url: 'url',
  verb: 'verbe',
  words: 'mots',
};

/** `text` with every `<name>` and `[name]` in this language. Pure. */
export function inLanguage(text: string, language: Language): string {
  if (language === 'en') return text;
  return text.replaceAll(/([<[])([a-z]+)(?=(?:\.\.\.)?[>\]])/g, (whole, open: string, name: string) =>
    french[name] === undefined ? whole : open + french[name],
  );
}

export function placeholder(name: string, language: Language): string {
  return language === 'fr' ? (french[name] ?? name) : name;
}
