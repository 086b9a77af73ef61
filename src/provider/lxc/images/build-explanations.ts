// Why building an image may fail, in plain words, by what apt, dpkg and the others print. Pure.

import { type Words, words } from '../../../model/words.ts';

export interface Explanation {
  readonly code: string;
  readonly pattern: RegExp;
  /** `found` is what the pattern's first group matched. */
  readonly what: (found: string) => Words;
  readonly hint: Words;
}

/** The first that matches counts: a full disk also makes downloads fail. */
export const buildExplanations: readonly Explanation[] = [
  {
    code: 'disk-full',
    pattern: /No space left on device|ENOSPC|Disk quota exceeded|you don't have enough free space/i,
    what: () => words('The disk is full.', 'Le disque est plein.'),
    hint: words(
      'Nothing half-made is kept. Free some space where LAB_HOME lives (about 2.5 GB for an edition), then start again; or choose another place with --home.',
      "Rien d'inachevé n'est conservé. Libérez de la place là où se trouve LAB_HOME (environ 2,5 Go par édition), puis recommencez ; ou choisissez un autre endroit avec --home.",
    ),
  },
  {
    code: 'package-unknown',
    pattern:
      /Unable to locate package (\S+)|Package '?([^\s']+)'? has no installation candidate|Couldn't find any package by \w+ '([^']+)'/,
    what: (name) =>
      words(
        `The package ${name} does not exist in this edition.`,
        `Le paquet ${name} n'existe pas dans cette édition.`,
      ),
    hint: words(
      "Its name stands in the workshop's workshop.yml, under images or pool; names that differ between editions belong under editions.",
      "Son nom figure dans le workshop.yml de l'atelier, sous images ou pool ; les noms qui changent selon l'édition ont leur place sous editions.",
    ),
  },
  untrusted(/NO_PUBKEY|EXPKEYSIG|signatures? (?:were|was|couldn't be)[^\n]*(?:invalid|verified)|Missing key|gpgv/),
  {
    code: 'clock-behind',
    pattern: /is not valid yet/,
    what: () => words("This host's clock is behind.", "L'horloge de cette machine retarde."),
    hint: words('Set the time, then start again.', "Réglez l'heure, puis recommencez."),
  },
  {
    code: 'mirror-changing',
    pattern: /Hash Sum mismatch|File has unexpected size|Mirror sync in progress/,
    what: () => words('The mirror is being updated just now.', 'Le miroir est justement en cours de mise à jour.'),
    hint: words(
      'Start again in a few minutes: what has been downloaded is kept.',
      'Recommencez dans quelques minutes : ce qui est déjà téléchargé est conservé.',
    ),
  },
  {
    code: 'edition-not-on-mirror',
    pattern: /The repository '([^']+?)(?: Release)?' does not have a Release file/,
    what: (where) => words(`The mirror doesn't have this: ${where}`, `Le miroir n'a pas ceci : ${where}`),
    hint: words(
      'Check the address, or name another mirror: lab prepare --mirror URL',
      "Vérifiez l'adresse, ou indiquez un autre miroir : lab prepare --mirror URL",
    ),
  },
  {
    code: 'mirror-unreachable',
    pattern:
      /Could not resolve '([^']+)'|Temporary failure resolving '([^']+)'|Could not connect to (\S+)|Unable to connect to (\S+)|Failed to fetch (\S+)/,
    what: (where) => words(`The mirror could not be reached: ${where}`, `Le miroir n'a pas pu être joint : ${where}`),
    hint: words(
      'Check the network and the proxy, then start again: what has been downloaded is kept. Another mirror: lab prepare --mirror URL',
      'Vérifiez le réseau et le proxy, puis recommencez : ce qui est déjà téléchargé est conservé. Un autre miroir : lab prepare --mirror URL',
    ),
  },
  // What could not be fetched is not signed either: that is asked last.
  untrusted(/is not signed/),
  {
    code: 'program-missing',
    pattern: /^(\S+): .*ENOENT/m,
    what: (name) => words(`${name} is not installed.`, `${name} n'est pas installé.`),
    hint: words('"lab doctor" says which packages are missing.', '« lab doctor » dit quels paquets manquent.'),
  },
];

function untrusted(pattern: RegExp): Explanation {
  return {
    code: 'mirror-untrusted',
    pattern,
    what: () =>
      words("The mirror's signature could not be verified.", "La signature du miroir n'a pas pu être vérifiée."),
    hint: words(
      "Bring the keys up to date: apt install debian-archive-keyring. Of another mirror than Debian's, check the address.",
      "Mettez les clés à jour : apt install debian-archive-keyring. Si ce n'est pas un miroir de Debian, vérifiez l'adresse.",
    ),
  };
}
