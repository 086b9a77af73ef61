import { words, type Words } from '../model/words.ts';

// The forms of text that schemas ask for. A schema names one as the message of its regex: `.regex(patterns.name, 'name')`.

export const patterns = {
  name: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  valueName: /^[a-z][a-z0-9_]*$/,
  chapterFolder: /^[0-9]{2}-[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  stepOfChapter: /^[a-z][a-z0-9]*(-[a-z0-9]+)*\.[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
  // Octets up to 255, and a prefix that leaves room for nodes.
  network:
    /^((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\/([89]|1[0-9]|2[0-9]|30)$/,
  duration: /^[1-9][0-9]*[sm]$/,
} as const;

/** "has to be …" */
export const formats: Readonly<Record<string, Words>> = {
  name: words(
    'lower-case letters, digits and single hyphens, beginning with a letter',
    'formé de lettres minuscules, chiffres et tirets simples, avec une lettre pour commencer',
  ),
  valueName: words(
    'lower-case letters, digits and underscores, beginning with a letter',
    'formé de lettres minuscules, chiffres et tirets bas, avec une lettre pour commencer',
  ),
  chapterFolder: words(
    'two digits, a hyphen and a name, as in `03-failover`',
    "formé de deux chiffres, d'un tiret et d'un nom, comme `03-failover`",
  ),
  stepOfChapter: words(
    'the name of a chapter, a dot and a step of it, as in `etcd.configure`',
    "formé du nom d'un chapitre, d'un point et d'une de ses étapes, comme `etcd.configure`",
  ),
  duration: words('a time such as `30s` or `2m`', 'une durée comme `30s` ou `2m`'),
  ipv4: words('an address such as `10.0.3.64`', 'une adresse comme `10.0.3.64`'),
  network: words(
    'an address with its prefix, such as `10.0.3.1/24`',
    'une adresse avec son préfixe, comme `10.0.3.1/24`',
  ),
};
